package dev.reactiveazure.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import static org.junit.jupiter.api.Assumptions.abort;

/**
 * The stand-alone emulator in a process of its own, with the desk's subscriptions.
 */
final class StandaloneEmulator implements AutoCloseable {

	private static final String KEY = "b3JkZXItZGVzaw==";

	private static final Path JAR = Path.of("..", "emulator", "target", "reactiveazure-emulator-standalone.jar");

	private final Process process;

	private final String tables;

	private final String eventGrid;

	private StandaloneEmulator(Process process) throws IOException {
		this.process = process;
		// Not closed: that would close the output of the process.
		BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
		this.tables = value(output.readLine(), "tables: ");
		this.eventGrid = value(output.readLine(), "eventgrid: ");
		value(output.readLine(), "ready");
	}

	/**
	 * Start it, or skip the test where it is not built; with {@code CI=true} that is a
	 * failure.
	 */
	static StandaloneEmulator start() {
		if (!Files.exists(JAR)) {
			String message = "The stand-alone emulator is not built: run the tests with 'mvn verify' from the root";
			if ("true".equals(System.getenv("CI"))) {
				throw new AssertionError(message);
			}
			abort(message);
		}
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		ProcessBuilder builder = new ProcessBuilder(java, "-jar", JAR.toString(), "--eventgrid-key=" + KEY,
				"--subscription=orders/billing", "--subscription=billed/totals");
		try {
			return new StandaloneEmulator(builder.redirectError(Redirect.INHERIT).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Can't start " + JAR, ex);
		}
	}

	/**
	 * Return what connects the desk, as on its command line.
	 */
	String[] connection() {
		return new String[] { "--azure.tables.connection-string=" + this.tables,
				"--azure.eventgrid.endpoint=" + this.eventGrid, "--azure.eventgrid.access-key=" + KEY };
	}

	@Override
	public void close() {
		this.process.destroy();
		this.process.onExit().join();
	}

	private static String value(@Nullable String line, String start) {
		if (line == null || !line.startsWith(start)) {
			throw new IllegalStateException("Expected '" + start + "' from the emulator, but it said: " + line);
		}
		return line.substring(start.length());
	}

}
