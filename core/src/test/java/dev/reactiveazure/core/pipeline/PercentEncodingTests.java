package dev.reactiveazure.core.pipeline;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PercentEncoding}.
 */
class PercentEncodingTests {

	@Test
	void keepsUnreservedCharacters() {
		String text = "AZaz09-._~";
		assertThat(PercentEncoding.encode(text)).isSameAs(text);
	}

	@Test
	void encodesEverythingElseAsUtf8() {
		assertThat(PercentEncoding.encode("it''s a+b/%é😀")).isEqualTo("it%27%27s%20a%2Bb%2F%25%C3%A9%F0%9F%98%80");
	}

	@Test
	void encodesRandomTextAsTheJdkDoes() {
		Random random = new Random(17);
		for (int i = 0; i < 20_000; i++) {
			String text = random.ints(random.nextInt(24), 0, Character.MAX_CODE_POINT + 1)
				.map((point) -> (point % 3 == 0) ? point % 128 : point)
				.filter((point) -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
				.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
				.toString();
			assertThat(PercentEncoding.encode(text)).isEqualTo(byTheJdk(text));
		}
	}

	// A form differs in three characters.
	private static String byTheJdk(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8)
			.replace("+", "%20")
			.replace("*", "%2A")
			.replace("%7E", "~");
	}

}
