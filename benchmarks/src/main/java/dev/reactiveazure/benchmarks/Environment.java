package dev.reactiveazure.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

import io.netty.util.Version;
import reactor.netty.http.client.HttpClient;

/**
 * Where and on what a measurement was made.
 */
final class Environment {

	private Environment() {
	}

	/**
	 * What is worth knowing about this process and its machine, by name.
	 * @param directory a directory of the repository
	 */
	static Map<String, String> describe(Path directory) {
		Map<String, String> facts = new LinkedHashMap<>();
		facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
		facts.put("commit", commit(directory));
		facts.put("java", System.getProperty("java.vm.vendor") + " " + Runtime.version());
		facts.put("cpu", cpu());
		facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
		facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
		facts.put("loadAverage", Double.toString(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
		facts.put("netty", nettyVersion());
		facts.put("reactor-netty",
				Objects.requireNonNullElse(HttpClient.class.getPackage().getImplementationVersion(), "unknown"));
		facts.put("azure-data-tables", azureVersion("azure-data-tables.properties"));
		facts.put("azure-messaging-eventgrid", azureVersion("azure-messaging-eventgrid.properties"));
		return facts;
	}

	private static String commit(Path directory) {
		try {
			Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").directory(directory.toFile())
				.redirectError(Redirect.DISCARD)
				.start();
			String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
			return output.isEmpty() ? "unknown" : output;
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

	private static String cpu() {
		try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
			return lines.filter((line) -> line.startsWith("model name"))
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst()
				.orElse("unknown");
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

	private static String nettyVersion() {
		Version version = Version.identify().get("netty-common");
		return (version != null) ? version.artifactVersion() : "unknown";
	}

	private static String azureVersion(String resource) {
		Properties properties = new Properties();
		try (var in = Environment.class.getResourceAsStream("/" + resource)) {
			if (in != null) {
				properties.load(in);
			}
		}
		catch (IOException ex) {
			return "unknown";
		}
		return properties.getProperty("version", "unknown");
	}

}
