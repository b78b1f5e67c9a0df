package dev.reactiveazure.core.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ByteSink}.
 */
class ByteSinkTests {

	@Test
	void encodesUtf8AsTheJdkDoes() {
		Random random = new Random(44);
		for (int i = 0; i < 2_000; i++) {
			String text = random.ints(random.nextInt(30), 1, 0x110000)
				.filter((codePoint) -> codePoint < 0xd800 || codePoint > 0xdfff)
				.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
				.toString();
			ByteSink sink = new ByteSink();
			sink.utf8(text);
			assertThat(sink.toByteArray()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
		}
	}

	@Test
	void growsAndStartsAnew() {
		ByteSink sink = new ByteSink();
		sink.ascii("x".repeat(20_000));
		assertThat(sink.length()).isEqualTo(20_000);
		sink.reset();
		sink.write('y');
		assertThat(sink.toByteArray()).containsExactly('y');
	}

}
