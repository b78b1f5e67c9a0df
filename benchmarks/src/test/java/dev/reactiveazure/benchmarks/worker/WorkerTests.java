package dev.reactiveazure.benchmarks.worker;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.reactiveazure.benchmarks.measure.Contender;
import dev.reactiveazure.benchmarks.measure.Work;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

class WorkerTests {

	private final AtomicInteger operations = new AtomicInteger();

	private final Work work = new Work("any", 1,
			List.of(Contender.of("able", () -> Mono.fromRunnable(this.operations::incrementAndGet)),
					Contender.of("unable", () -> Mono.error(new IllegalStateException("no\nanswer")))));

	@Test
	void answersEachCommandWithOneLine() throws IOException {
		List<String> replies = tell("CHECK able 0", "WARM_UP able 0", "MEASURE able 100");

		assertThat(replies).hasSize(3);
		assertThat(replies.subList(0, 2)).containsOnly("worker: done");
		assertThat(replies.get(2)).startsWith("worker: measured ");
	}

	@Test
	void opensConnectionsWithOperationsThatAreNotMeasured() throws IOException {
		tell("MEASURE able 100");

		assertThat(this.operations).hasValue(100 + 10);
	}

	@Test
	void goesOnAfterAFailure() throws IOException {
		List<String> replies = tell("CHECK unable 0", "CHECK nobody 0", "nonsense", "CHECK able 0");

		assertThat(replies.get(0)).startsWith("worker: failed CHECK unable 0").contains("no answer");
		assertThat(replies.get(1)).contains("'nobody' does not compete at any");
		assertThat(replies.get(2)).startsWith("worker: failed");
		assertThat(replies.get(3)).isEqualTo("worker: done");
	}

	private List<String> tell(String... commands) throws IOException {
		ByteArrayOutputStream replies = new ByteArrayOutputStream();
		new Worker(this.work, 5).run(new BufferedReader(new StringReader(String.join("\n", commands))),
				new PrintStream(replies, true, StandardCharsets.UTF_8));
		return replies.toString(StandardCharsets.UTF_8).lines().toList();
	}

}
