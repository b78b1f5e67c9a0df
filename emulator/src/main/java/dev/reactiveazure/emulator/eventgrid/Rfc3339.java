package dev.reactiveazure.emulator.eventgrid;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Recognises timestamps of RFC 3339: seconds are mandatory, fraction digits are free, the
 * offset is {@code Z} or {@code +hh:mm}, letters in any case.
 */
final class Rfc3339 {

	private static final String SHAPE = "dddd-dd-ddTdd:dd:dd";

	private Rfc3339() {
	}

	static boolean matches(String text) {
		return hasShape(text) && isDate(text) && isTime(text) && endsWithOffset(text, afterFraction(text));
	}

	private static boolean hasShape(String text) {
		if (text.length() <= SHAPE.length()) {
			return false;
		}
		for (int i = 0; i < SHAPE.length(); i++) {
			char expected = SHAPE.charAt(i);
			char actual = text.charAt(i);
			boolean fits = (expected == 'd') ? isDigit(actual) : Character.toUpperCase(actual) == expected;
			if (!fits) {
				return false;
			}
		}
		return true;
	}

	private static boolean isDate(String text) {
		try {
			LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
			return true;
		}
		catch (DateTimeException ex) {
			return false;
		}
	}

	private static boolean isTime(String text) {
		return number(text, 11, 13) < 24 && number(text, 14, 16) < 60 && number(text, 17, 19) <= 60;
	}

	/** The index after the fraction, or -1 if there is a point without digits. */
	private static int afterFraction(String text) {
		int index = SHAPE.length();
		if (text.charAt(index) != '.') {
			return index;
		}
		int end = index + 1;
		while (end < text.length() && isDigit(text.charAt(end))) {
			end++;
		}
		return (end > index + 1) ? end : -1;
	}

	private static boolean endsWithOffset(String text, int index) {
		if (index < 0 || index >= text.length()) {
			return false;
		}
		char sign = text.charAt(index);
		if (sign == 'Z' || sign == 'z') {
			return text.length() == index + 1;
		}
		return (sign == '+' || sign == '-') && text.length() == index + 6 && text.charAt(index + 3) == ':'
				&& number(text, index + 1, index + 3) < 24 && number(text, index + 4, index + 6) < 60;
	}

	private static int number(String text, int from, int to) {
		int number = 0;
		for (int i = from; i < to; i++) {
			if (!isDigit(text.charAt(i))) {
				return Integer.MAX_VALUE;
			}
			number = number * 10 + (text.charAt(i) - '0');
		}
		return number;
	}

	private static boolean isDigit(char character) {
		return character >= '0' && character <= '9';
	}

}
