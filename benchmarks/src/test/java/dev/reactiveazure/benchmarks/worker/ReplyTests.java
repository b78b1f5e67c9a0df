package dev.reactiveazure.benchmarks.worker;

import java.util.List;

import dev.reactiveazure.benchmarks.measure.Sample;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ReplyTests {

	@Test
	void isReadAsItWasWritten() {
		List<Reply> replies = List.of(new Reply.Done(), new Reply.Failed("no answer"),
				new Reply.Measured(new Sample(27.5, 14035.25, 27.1, 480.0, 8100.5)),
				new Reply.Measured(new Sample(27.5, 1.5e7, 27.1)));

		assertThat(replies).allSatisfy((reply) -> assertThat(Reply.parse(line(reply))).isEqualTo(reply));
	}

	@Test
	void aFailureOfSeveralLinesIsOneLine() {
		assertThat(new Reply.Failed("broken\r\n\tat Somewhere\n").toLine())
			.isEqualTo("worker: failed broken at Somewhere");
	}

	@Test
	void namesTheLineThatIsNoReply() {
		assertThatIllegalArgumentException().isThrownBy(() -> Reply.parse("hello")).withMessageContaining("'hello'");
	}

	private static String line(Reply reply) {
		assertThat(reply.toLine()).startsWith(Reply.START);
		return reply.toLine().substring(Reply.START.length());
	}

}
