package dev.reactiveazure.benchmarks.startup;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A built Spring Boot application: its jar and the directory of its libraries.
 *
 * @param name what it is
 * @param directory where it was built
 * @param properties what it is configured with
 */
record Application(String name, Path directory, List<String> properties) {

	private static final String STORAGE = "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=c2VjcmV0"
			+ ";EndpointSuffix=core.windows.net";

	private static final String EVENTS = "https://shop.westeurope-1.eventgrid.azure.net";

	private static final String STARTED = " : Started ";

	/**
	 * The applications, the bare one first.
	 */
	static List<Application> all(Path startup) {
		List<String> microsoft = List.of("--tables.connection-string=" + STORAGE,
				"--eventgrid.endpoint=" + EVENTS + "/api/events", "--eventgrid.key=c2VjcmV0");
		List<String> springCloudAzure = new ArrayList<>(microsoft);
		springCloudAzure.add("--spring.cloud.azure.eventgrid.endpoint=" + EVENTS + "/api/events");
		springCloudAzure.add("--spring.cloud.azure.eventgrid.key=c2VjcmV0");
		return List.of(of("webflux", startup, List.of()),
				of("ours", startup,
						List.of("--azure.tables.connection-string=" + STORAGE, "--azure.eventgrid.endpoint=" + EVENTS,
								"--azure.eventgrid.access-key=c2VjcmV0")),
				of("microsoft", startup, microsoft), of("spring-cloud-azure", startup, springCloudAzure));
	}

	private static Application of(String name, Path startup, List<String> properties) {
		return new Application(name, startup.resolve(name).resolve("target"), properties);
	}

	/**
	 * How many jars it needs, its own not counted.
	 */
	int jars() {
		return libraries().size();
	}

	/**
	 * How large these are, in millions of bytes.
	 */
	double megabytes() {
		return libraries().stream().mapToLong(File::length).sum() / 1e6;
	}

	private List<File> libraries() {
		try (Stream<Path> files = Files.list(this.directory.resolve("lib"))) {
			return files.map(Path::toFile).toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(this.name + " is not built", ex);
		}
	}

	/**
	 * How many classes are loaded until it is ready.
	 */
	int classes() {
		try {
			Path log = Files.createTempFile("classes", ".log");
			try {
				Running running = run(List.of("-Xlog:class+load:file=" + log + ":none:filecount=0"));
				running.stop();
				try (Stream<String> lines = Files.lines(log)) {
					return (int) lines.count();
				}
			}
			finally {
				Files.delete(log);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("The classes of " + this.name + " can't be counted", ex);
		}
	}

	/**
	 * Start it, and stop it when it is ready.
	 */
	Start start() throws IOException {
		Running running = run(List.of());
		try {
			return running.start();
		}
		finally {
			running.stop();
		}
	}

	private Running run(List<String> jvmArgs) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(jvmArgs);
		command.addAll(List.of("-jar", this.directory.resolve("application.jar").toString(), "--server.port=0"));
		command.addAll(this.properties);
		long begin = System.nanoTime();
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		StringBuilder printed = new StringBuilder();
		// Not closed: that would close the output of the process.
		BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			if (line.contains(STARTED)) {
				double millis = (System.nanoTime() - begin) / 1e6;
				return new Running(process, new Start(millis, cpuMillis(process), residentMegabytes(process)));
			}
			printed.append(line).append(System.lineSeparator());
		}
		throw new IllegalStateException(this.name + " did not start:" + System.lineSeparator() + printed);
	}

	private static double cpuMillis(Process process) {
		return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
	}

	private static double residentMegabytes(Process process) throws IOException {
		Path status = Path.of("/proc", Long.toString(process.pid()), "status");
		if (!Files.isReadable(status)) {
			return Double.NaN;
		}
		try (Stream<String> lines = Files.lines(status)) {
			return lines.filter((line) -> line.startsWith("VmRSS:"))
				.mapToDouble((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6)
				.findFirst()
				.orElse(Double.NaN);
		}
	}

	/**
	 * One start.
	 *
	 * @param readyMillis from the start of the process to the line that says it is ready
	 * @param cpuMillis what it had used by then
	 * @param residentMegabytes what it held of memory then
	 */
	record Start(double readyMillis, double cpuMillis, double residentMegabytes) {

	}

	private record Running(Process process, Start start) {

		void stop() {
			this.process.destroy();
			try {
				if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
					this.process.destroyForcibly();
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				this.process.destroyForcibly();
			}
		}

	}

}
