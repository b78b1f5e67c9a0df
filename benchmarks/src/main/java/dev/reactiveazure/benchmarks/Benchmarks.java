package dev.reactiveazure.benchmarks;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.benchmarks.stub.StubServer;

/**
 * The one command: starts the stub in a JVM of its own, measures in another whose heap
 * and collector are fixed, and stops the stub.
 */
public final class Benchmarks {

	/** Where the jar is: the build directory. */
	static final Path DIRECTORY = directory();

	static final Path DEFAULT_OUTPUT = DIRECTORY.resolve("benchmarks.json");

	private static final List<String> STUB_JVM = List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC");

	private static final List<String> HARNESS_JVM = List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC",
			"-XX:ActiveProcessorCount=2");

	private static final int STUB_CORE = 1;

	private Benchmarks() {
	}

	/**
	 * Measures the works named on the command line and prints a table.
	 * @param args works and options; a wrong one prints the usage
	 * @throws InterruptedException if interrupted while it measures
	 */
	public static void main(String[] args) throws InterruptedException {
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
		System.exit(run(options, List.of(args)));
	}

	private static int run(Options options, List<String> args) throws InterruptedException {
		if (options.quick()) {
			System.err.println("QUICK RUN: the warm-up is too short, the figures must not be quoted.");
		}
		try (JavaProcess stub = JavaProcess.piped(STUB_JVM, StubServer.class, List.of())) {
			String address = stub.awaitLine(StubServer.ADDRESS);
			if (options.pin()) {
				Cores.pin(stub.pid(), STUB_CORE);
			}
			List<String> harnessArgs = new ArrayList<>(args);
			harnessArgs.add("--stub=" + address);
			try (JavaProcess harness = JavaProcess.inherited(HARNESS_JVM, Harness.class, harnessArgs)) {
				int exit = harness.awaitExit();
				stub.exitCode().ifPresent((code) -> System.err.println("The stub ended early, with exit code " + code));
				return exit;
			}
		}
	}

	private static Path directory() {
		Path jar = Path.of(URI.create(Benchmarks.class.getProtectionDomain().getCodeSource().getLocation().toString()));
		Path parent = jar.getParent();
		return (parent != null) ? parent : jar;
	}

}
