package dev.reactiveazure.core.pipeline;

import java.util.Random;

import io.micrometer.common.KeyValues;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KeyTemplate}.
 */
class KeyTemplateTests {

	private final KeyTemplate template = KeyTemplate.of("b", "a", "c");

	@Test
	void givesTheSameForTheSameValues() {
		KeyValues first = this.template.with("1", "2", "3");
		assertThat(this.template.with("1", "2", new String("3"))).isSameAs(first);
	}

	@Test
	void givesWhatMicrometerMakesOfAnyValues() {
		Random random = new Random(7);
		for (int i = 0; i < 10_000; i++) {
			String[] values = { "" + random.nextInt(10), "" + random.nextInt(10), "" + random.nextInt(10) };
			assertThat(this.template.with(values))
				.isEqualTo(KeyValues.of("b", values[0], "a", values[1], "c", values[2]));
		}
	}

}
