package dev.reactiveazure.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/**
 * Binds processes to cores with {@code taskset}.
 */
final class Cores {

	private Cores() {
	}

	/**
	 * Binds all threads of a process to a core.
	 * @throws IllegalStateException if {@code taskset} is missing or fails
	 */
	static void pin(long pid, int core) {
		try {
			Process taskset = new ProcessBuilder("taskset", "-apc", Integer.toString(core), Long.toString(pid))
				.redirectOutput(Redirect.DISCARD)
				.redirectError(Redirect.INHERIT)
				.start();
			if (taskset.waitFor() != 0) {
				throw new IllegalStateException("taskset could not bind process " + pid + " to core " + core);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("--pin needs taskset (util-linux)", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while taskset ran", ex);
		}
	}

}
