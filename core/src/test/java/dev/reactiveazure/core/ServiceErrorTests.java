package dev.reactiveazure.core;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServiceError}.
 */
class ServiceErrorTests {

	@Test
	void isDescribedByOneLineThatCannotForgeALog() {
		ServiceError error = new ServiceError(400, "InvalidInput", "bad\tinput\u001b[31m\nERROR forged", "7", null);
		assertThat(error.describe()).isEqualTo("400 InvalidInput: bad input [31m (request id 7)");
	}

	@Test
	void isNotDescribedByAllOfALongMessage() {
		ServiceError error = new ServiceError(400, null, "x".repeat(10_000), null, null);
		assertThat(error.describe()).hasSizeLessThan(520).endsWith("…");
	}

}
