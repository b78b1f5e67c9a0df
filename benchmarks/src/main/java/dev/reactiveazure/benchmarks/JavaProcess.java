package dev.reactiveazure.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another JVM of the same Java and class path as this one. Closing it ends its standard
 * input and waits for it to end.
 */
public final class JavaProcess implements AutoCloseable {

	private final Process process;

	private JavaProcess(Process process) {
		this.process = process;
	}

	/**
	 * Starts a JVM whose standard output this one reads.
	 * @param jvmArgs arguments for the JVM
	 * @param main the class to run
	 * @param args its arguments
	 * @return the process
	 */
	public static JavaProcess piped(List<String> jvmArgs, Class<?> main, List<String> args) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(jvmArgs);
		// Netty loads its native transport; newer Javas want to be told.
		command.add("--enable-native-access=ALL-UNNAMED");
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(args);
		try {
			return new JavaProcess(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Can't start " + main.getName(), ex);
		}
	}

	/**
	 * Writes a line to the standard input of the process.
	 * @param line the line without its end
	 */
	void send(String line) {
		try {
			Writer input = this.process.outputWriter(StandardCharsets.UTF_8);
			input.write(line + "\n");
			input.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Process " + this.process.pid() + " listens no more", ex);
		}
	}

	/**
	 * Waits for the line that starts with the given text and returns the rest of it.
	 * @param start the text
	 * @return the rest of the line
	 */
	public String awaitLine(String start) {
		try {
			// Not closed: that would close the output of the process.
			BufferedReader output = this.process.inputReader(StandardCharsets.UTF_8);
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				if (line.startsWith(start)) {
					return line.substring(start.length());
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Can't read the output of " + this.process.info(), ex);
		}
		throw new IllegalStateException("The process ended before it printed '" + start + "'");
	}

	long pid() {
		return this.process.pid();
	}

	@Override
	public void close() {
		try {
			this.process.getOutputStream().close();
			if (this.process.waitFor(20, TimeUnit.SECONDS)) {
				return;
			}
		}
		catch (IOException ex) {
			// It is gone or about to be killed.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.process.destroyForcibly();
	}

}
