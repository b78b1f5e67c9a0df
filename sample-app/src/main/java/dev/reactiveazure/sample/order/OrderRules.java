package dev.reactiveazure.sample.order;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * What an order may hold. Customer and id are keys of a table, which take less than any
 * text.
 */
final class OrderRules {

	private static final int MAX_KEY_LENGTH = 512;

	private static final int MAX_INTEGER_DIGITS = 12;

	private static final int FRACTION_DIGITS = 2;

	private OrderRules() {
	}

	static String key(String field, @Nullable String value) {
		if (value == null || value.isBlank()) {
			throw new InvalidOrderException(field, "is missing");
		}
		if (value.length() > MAX_KEY_LENGTH) {
			throw new InvalidOrderException(field, "must not be longer than 512 characters, but has " + value.length());
		}
		if (value.chars().anyMatch((c) -> "/\\#?".indexOf(c) >= 0 || Character.isISOControl(c))) {
			throw new InvalidOrderException(field, "must not contain / \\ # ? or control characters");
		}
		return value;
	}

	static BigDecimal amount(@Nullable BigDecimal total) {
		if (total == null) {
			throw new InvalidOrderException("total", "is missing");
		}
		if (total.signum() < 0) {
			throw new InvalidOrderException("total", "must not be negative");
		}
		// Looks at the exponent first: writing 1E1000000000 out takes a gigabyte.
		if ((long) total.precision() - total.scale() > MAX_INTEGER_DIGITS) {
			throw new InvalidOrderException("total", "must be less than 1,000,000,000,000");
		}
		if (total.scale() > FRACTION_DIGITS) {
			throw new InvalidOrderException("total", "must not have more than two digits after the point");
		}
		return total.setScale(FRACTION_DIGITS);
	}

}
