package dev.reactiveazure.eventgrid.listener.method;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import dev.reactiveazure.eventgrid.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No event loop is blocked, by BlockHound's account. It watches a JVM of its own, because
 * it needs an option and changes classes of the JDK for all tests that share one.
 */
@Timeout(120)
class BlockHoundTests {

	@Test
	@Requirement("L26")
	void letsAllPartsOfABlockingListenerBlockAndBlocksNoEventLoopItself() throws Exception {
		List<String> output = run("blocking");

		assertThat(output).noneMatch((line) -> line.startsWith(WatchedListeners.CALL));
		assertThat(output).contains(WatchedListeners.FAILED + "ClassCastException",
				WatchedListeners.FAILED + "HandlerTimeoutException", WatchedListeners.FAILED + "NotFoundException");
		assertThat(output.stream().filter((line) -> line.startsWith(WatchedListeners.HANDLED))).isNotEmpty()
			.allMatch((line) -> line.startsWith(WatchedListeners.HANDLED + "on eventgrid-"));
	}

	@Test
	void wouldSeeAHandlerThatBlocksAnEventLoop() throws Exception {
		assertThat(run("reactive")).anyMatch((line) -> line.startsWith(WatchedListeners.CALL) && line.contains("sleep")
				&& line.contains("OnTheEventLoop.handle"));
	}

	private static List<String> run(String handler) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+EnableDynamicAgentLoading", "-XX:+AllowRedefinitionToAddDeleteMethods", "-cp",
				System.getProperty("java.class.path"), WatchedListeners.class.getName(), handler)
			.redirectErrorStream(true)
			.start();
		try {
			List<String> output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
				.toList();
			assertThat(process.waitFor()).as(() -> String.join("\n", output)).isZero();
			return output;
		}
		finally {
			process.destroyForcibly();
		}
	}

}
