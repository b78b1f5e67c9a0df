package dev.reactiveazure.tables;

import java.time.OffsetDateTime;

import org.springframework.util.Assert;

/**
 * Puts values into a filter's text.
 * <p>
 * What is in quotes is passed over, the values put in before included: no value can bring
 * parameters along. A parameter stands alone, so that no value can join what is beside
 * it.
 */
final class FilterParameters {

	private FilterParameters() {
	}

	/**
	 * Replace a parameter, everywhere, by a value's literal.
	 * @throws IllegalArgumentException if there is no such parameter, it does not stand
	 * alone, or the value has no literal
	 */
	static String bind(String filter, String parameter, Object value) {
		String literal = literal(parameter, value);
		StringBuilder bound = new StringBuilder(filter.length() + literal.length());
		int copied = 0;
		int colon = next(filter, 0);
		while (colon >= 0) {
			int end = endOfName(filter, colon + 1);
			if (filter.substring(colon + 1, end).equals(parameter)) {
				requireAlone(filter, colon, end);
				bound.append(filter, copied, colon).append(literal);
				copied = end;
			}
			colon = next(filter, end);
		}
		// Its text is not shown: it may have values already, which are not everybody's.
		Assert.isTrue(copied > 0,
				() -> "The filter has no parameter ':" + parameter + "', or it has been given a value already");
		return bound.append(filter, copied, filter.length()).toString();
	}

	/**
	 * Refuse a filter with a parameter that has no value.
	 */
	static void requireNone(String filter) {
		int colon = next(filter, 0);
		Assert.isTrue(colon < 0, () -> "Parameter '" + filter.substring(colon, endOfName(filter, colon + 1))
				+ "' of the filter has no value: bind one");
	}

	private static String literal(String parameter, Object value) {
		Assert.notNull(value, () -> "Parameter ':" + parameter + "' can't be null: the service stores none");
		Object stored = (value instanceof OffsetDateTime dateTime) ? dateTime.toInstant() : value;
		EdmType type = EdmType.of(stored.getClass());
		if (type == null) {
			throw new IllegalArgumentException("Parameter ':" + parameter + "' can't be a " + value.getClass().getName()
					+ ": use String, Integer, Long, Double, Boolean, Instant, UUID or byte[]");
		}
		return type.literal(stored);
	}

	/**
	 * Return where the next parameter's colon is.
	 * @param from where to begin, which is not in quotes
	 * @return its index; -1 where there is none
	 */
	private static int next(String filter, int from) {
		int index = from;
		while (index < filter.length()) {
			char c = filter.charAt(index);
			if (c == ':' && endOfName(filter, index + 1) > index + 1) {
				return index;
			}
			if (c == '\'') {
				// A doubled quote ends a literal and begins another: the same to us.
				index = filter.indexOf('\'', index + 1);
				if (index < 0) {
					return -1;
				}
			}
			index++;
		}
		return -1;
	}

	private static int endOfName(String filter, int start) {
		int end = start;
		while (end < filter.length() && Character.isJavaIdentifierPart(filter.charAt(end))) {
			end++;
		}
		return end;
	}

	private static void requireAlone(String filter, int colon, int end) {
		boolean alone = (colon == 0 || isSpaceOr('(', filter.charAt(colon - 1)))
				&& (end == filter.length() || isSpaceOr(')', filter.charAt(end)));
		Assert.isTrue(alone, () -> "Parameter '" + filter.substring(colon, end)
				+ "' of the filter must have space or a bracket on both sides");
	}

	private static boolean isSpaceOr(char bracket, char c) {
		return c == bracket || Character.isWhitespace(c);
	}

}
