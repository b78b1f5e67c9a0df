package dev.reactiveazure.sample.order;

import java.math.BigDecimal;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OrderTests {

	@ParameterizedTest
	@ValueSource(strings = { "a/b", "a\\b", "a#b", "a?b", "a\tb", "a\u0085b" })
	void refusesWhatCanNotBeAKey(String customer) {
		assertRefused(() -> Order.placed(customer, "1", BigDecimal.ONE),
				"'customer' must not contain / \\ # ? or control characters");
	}

	@Test
	void refusesMissingAndTooLongKeys() {
		assertRefused(() -> Order.placed(null, "1", BigDecimal.ONE), "'customer' is missing");
		assertRefused(() -> Order.placed("ada", " ", BigDecimal.ONE), "'id' is missing");
		assertRefused(() -> Order.placed("ada", "1".repeat(513), BigDecimal.ONE),
				"'id' must not be longer than 512 characters, but has 513");
	}

	@ParameterizedTest
	@CsvSource({ "-0.01, must not be negative", "0.001, must not have more than two digits after the point",
			"1E12, 'must be less than 1,000,000,000,000'", "1E1000000000, 'must be less than 1,000,000,000,000'" })
	void refusesTotalsThatAreNoAmount(BigDecimal total, String problem) {
		assertRefused(() -> Order.placed("ada", "1", total), "'total' " + problem);
	}

	@Test
	void writesTotalsWithTwoDigitsAfterThePoint() {
		assertThat(Order.placed("ada", "1", new BigDecimal("1E+3")).total()).isEqualTo(new BigDecimal("1000.00"));
	}

	private static void assertRefused(ThrowingCallable call, String message) {
		assertThatExceptionOfType(InvalidOrderException.class).isThrownBy(call).withMessage(message);
	}

}
