package dev.reactiveazure.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.reactiveazure.benchmarks.measure.Result;
import dev.reactiveazure.benchmarks.report.Report;
import dev.reactiveazure.benchmarks.stub.StubCertificate;
import dev.reactiveazure.benchmarks.stub.StubServer;
import dev.reactiveazure.benchmarks.worker.Catalogue;
import org.jspecify.annotations.Nullable;

/**
 * The one command: starts the stub in a JVM of its own, lets the contenders of each work
 * compete in JVMs of theirs, and prints what they cost and how that compares with the
 * goals.
 */
public final class Benchmarks {

	/** Where the jar is: the build directory. */
	private static final Path DIRECTORY = directory();

	private static final Path DEFAULT_OUTPUT = DIRECTORY.resolve("benchmarks.json");

	private static final List<String> STUB_JVM = List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC");

	private static final int STUB_CORE = 1;

	private final Options options;

	private final List<Result> results = new ArrayList<>();

	private final List<String> failures = new ArrayList<>();

	private final long start = System.nanoTime();

	private Benchmarks(Options options) {
		this.options = options;
	}

	/**
	 * Measures the works named on the command line and prints two tables. The exit code
	 * is 1 if a contender failed or, with {@code --check}, a required figure was missed.
	 * @param args works and options; a wrong one prints the usage
	 * @throws IOException if the JSON can't be written
	 * @throws InterruptedException if interrupted while it makes a certificate
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		Options options;
		try {
			options = Options.parse(List.of(args), DEFAULT_OUTPUT);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.err.print(Options.USAGE);
			System.exit(2);
			return;
		}
		System.exit(new Benchmarks(options).run());
	}

	private int run() throws IOException, InterruptedException {
		warnAboutQuick();
		Map<String, String> environment = Environment.describe(DIRECTORY);
		System.err.println(environment);
		StubCertificate certificate = this.options.tls() ? StubCertificate.create(DIRECTORY) : null;
		List<String> stubArgs = (certificate != null) ? List.of(certificate.file().toString()) : List.of();
		try (JavaProcess stub = JavaProcess.piped(STUB_JVM, StubServer.class, stubArgs)) {
			URI address = URI.create(stub.awaitLine(StubServer.ADDRESS));
			if (this.options.pin()) {
				Cores.pin(stub.pid(), STUB_CORE);
			}
			compete(address, certificate);
		}
		return report(new Report(environment, this.options.plan(), this.results));
	}

	private void compete(URI stub, @Nullable StubCertificate certificate) {
		RacePlan plan = new RacePlan(new Catalogue(stub), this.options.contenders(), certificate);
		RaceTrack track = new RaceTrack(this.options, stub, this::progress);
		for (String work : this.options.works()) {
			Race race = plan.race(work);
			if (race.jvms().isEmpty()) {
				continue;
			}
			try {
				this.results.add(track.run(race));
			}
			catch (RuntimeException ex) {
				progress(work + " is abandoned: " + ex.getMessage());
				this.failures.add(work + ": " + ex.getMessage());
			}
		}
	}

	private int report(Report report) throws IOException {
		Files.writeString(this.options.output(), report.toJson());
		System.out.println();
		System.out.println(report.toMarkdown());
		System.out.println(report.verdictsToMarkdown());
		warnAboutQuick();
		this.failures.forEach((failure) -> System.out.println("FAILED " + failure));
		System.out.println("JSON: " + this.options.output());
		progress("done");
		return (!this.failures.isEmpty() || (this.options.check() && report.fallsShort())) ? 1 : 0;
	}

	private void warnAboutQuick() {
		if (this.options.quick()) {
			System.out.println("QUICK RUN: the warm-up is too short, the figures must not be quoted.");
		}
	}

	private void progress(String text) {
		Duration elapsed = Duration.ofNanos(System.nanoTime() - this.start);
		System.err.printf("%3d:%02d %s%n", elapsed.toMinutes(), elapsed.toSecondsPart(), text);
	}

	private static Path directory() {
		Path jar = Path.of(URI.create(Benchmarks.class.getProtectionDomain().getCodeSource().getLocation().toString()));
		Path parent = jar.getParent();
		return (parent != null) ? parent : jar;
	}

}
