package dev.reactiveazure.core.pipeline;

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

}
