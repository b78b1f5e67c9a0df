package dev.reactiveazure.tables.mapping;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Text in the order of a type's values, or in the reverse order.
 *
 * @param encode makes the text of a value
 * @param decode makes the value of its text
 */
record SortableText(Function<Object, String> encode, Function<String, Object> decode) {

	private static final int MOST_DIGITS = 400;

	private static final long FIRST_SECOND = LocalDate.of(0, 1, 1).toEpochDay() * 86_400;

	private static final long LAST_SECOND = LocalDate.of(9999, 12, 31).toEpochDay() * 86_400 + 86_399;

	private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

	private static final int LAST_NANO = 999_999_999;

	private static final Map<Class<?>, Function<Boolean, SortableText>> TYPES = Map.of(Byte.class,
			(descending) -> whole(descending, 3, Byte.MAX_VALUE, Long::byteValue), Short.class,
			(descending) -> whole(descending, 5, Short.MAX_VALUE, Long::shortValue), Integer.class,
			(descending) -> whole(descending, 10, Integer.MAX_VALUE, Long::intValue), Long.class,
			(descending) -> whole(descending, 19, Long.MAX_VALUE, Function.identity()), BigInteger.class,
			(descending) -> of(BigInteger.class, descending, SortableText::digits, SortableText::number), Instant.class,
			(descending) -> of(Instant.class, descending, SortableText::moment, SortableText::moment), LocalDate.class,
			(descending) -> of(LocalDate.class, descending, SortableText::day, SortableText::day), LocalDateTime.class,
			(descending) -> of(LocalDateTime.class, descending,
					(value, down) -> moment(value.toInstant(ZoneOffset.UTC), down),
					(text, down) -> LocalDateTime.ofInstant(moment(text, down), ZoneOffset.UTC)),
			UUID.class, (descending) -> of(UUID.class, descending, SortableText::guid, SortableText::guid),
			Boolean.class, (descending) -> of(Boolean.class, descending,
					(value, down) -> value.equals(down) ? "0" : "1", (text, down) -> text.equals("1") != down));

	/**
	 * Return the form of a type's values.
	 * @return the form; {@code null} where there is none
	 */
	static @Nullable SortableText of(Class<?> javaType, boolean descending) {
		Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(javaType);
		if (type == java.time.OffsetDateTime.class) {
			return of(java.time.OffsetDateTime.class, descending, (value, down) -> moment(value.toInstant(), down),
					(text, down) -> moment(text, down).atOffset(ZoneOffset.UTC));
		}
		if (type == java.time.ZonedDateTime.class) {
			return of(java.time.ZonedDateTime.class, descending, (value, down) -> moment(value.toInstant(), down),
					(text, down) -> moment(text, down).atZone(ZoneOffset.UTC));
		}
		Function<Boolean, SortableText> form = TYPES.get(type);
		return (form != null) ? form.apply(descending) : null;
	}

	private static <V> SortableText of(Class<V> type, boolean descending, BiFunction<V, Boolean, String> encode,
			BiFunction<String, Boolean, V> decode) {
		return new SortableText((value) -> encode.apply(type.cast(value), descending),
				(text) -> decode.apply(text, descending));
	}

	/**
	 * Ascending, {@code -} stands before digits and leads the distance of a negative
	 * number to the smallest one; descending, {@code ~} stands behind digits and leads
	 * the distance of a negative number to -1, while the others are the distance to the
	 * largest.
	 */
	private static SortableText whole(boolean descending, int width, long max, Function<Long, ?> narrow) {
		return new SortableText((value) -> {
			long number = ((Number) value).longValue();
			if (descending) {
				return (number >= 0) ? padded(max - number, width) : "~" + padded(-1 - number, width);
			}
			return (number >= 0) ? padded(number, width) : "-" + padded(number + max + 1, width);
		}, (text) -> {
			boolean negative = text.startsWith(descending ? "~" : "-");
			long digits = digits(text, negative ? 1 : 0, width);
			Assert.isTrue(digits <= max, "out of range");
			if (descending) {
				return narrow.apply(negative ? -1 - digits : max - digits);
			}
			return narrow.apply(negative ? digits - max - 1 : digits);
		});
	}

	private static String digits(BigInteger value, boolean descending) {
		BigInteger number = descending ? value.negate() : value;
		String digits = number.abs().toString();
		Assert.isTrue(digits.length() <= MOST_DIGITS, () -> "it has more than " + MOST_DIGITS + " digits");
		return (number.signum() >= 0) ? "p" + padded(digits.length(), 3) + digits
				: "-" + padded(999 - digits.length(), 3) + complement(digits);
	}

	private static BigInteger number(String text, boolean descending) {
		boolean negative = text.startsWith("-");
		Assert.isTrue((negative || text.startsWith("p")) && text.length() > 4, "no number of any length");
		long length = digits(text.substring(1, 4), 0, 3);
		String digits = negative ? complement(text.substring(4)) : text.substring(4);
		Assert.isTrue(digits.length() == (negative ? 999 - length : length), "digits are missing");
		BigInteger number = new BigInteger(digits);
		return (negative != descending) ? number.negate() : number;
	}

	private static String complement(String digits) {
		StringBuilder complement = new StringBuilder(digits.length());
		for (int i = 0; i < digits.length(); i++) {
			complement.append((char) ('9' - digits.charAt(i) + '0'));
		}
		return complement.toString();
	}

	private static String moment(Instant value, boolean descending) {
		long second = value.getEpochSecond();
		Assert.isTrue(second >= FIRST_SECOND && second <= LAST_SECOND, "it is not in the years 0 to 9999");
		if (descending) {
			return padded(LAST_SECOND - second, 12) + padded(LAST_NANO - value.getNano(), 9);
		}
		LocalDateTime local = LocalDateTime.ofEpochSecond(second, value.getNano(), ZoneOffset.UTC);
		return local.toLocalDate() + "T" + padded(local.getHour(), 2) + ":" + padded(local.getMinute(), 2) + ":"
				+ padded(local.getSecond(), 2) + "." + padded(local.getNano(), 9) + "Z";
	}

	private static Instant moment(String text, boolean descending) {
		if (!descending) {
			Assert.isTrue(text.length() == 30, "no moment with nine digits of a second");
			return Instant.parse(text);
		}
		Assert.isTrue(text.length() == 21, "not 21 digits");
		return Instant.ofEpochSecond(LAST_SECOND - digits(text.substring(0, 12), 0, 12),
				LAST_NANO - digits(text.substring(12), 0, 9));
	}

	private static String day(LocalDate value, boolean descending) {
		Assert.isTrue(value.getYear() >= 0 && value.getYear() <= 9999, "it is not in the years 0 to 9999");
		return descending ? padded(LAST_DAY - value.toEpochDay(), 7) : value.toString();
	}

	private static LocalDate day(String text, boolean descending) {
		return descending ? LocalDate.ofEpochDay(LAST_DAY - digits(text, 0, 7)) : LocalDate.parse(text);
	}

	private static String guid(UUID value, boolean descending) {
		return (descending ? inverse(value) : value).toString();
	}

	private static UUID guid(String text, boolean descending) {
		UUID value = UUID.fromString(text);
		return descending ? inverse(value) : value;
	}

	private static UUID inverse(UUID value) {
		return new UUID(~value.getMostSignificantBits(), ~value.getLeastSignificantBits());
	}

	private static String padded(long number, int width) {
		String digits = Long.toString(number);
		return "0".repeat(width - digits.length()) + digits;
	}

	private static long digits(String text, int start, int width) {
		boolean digitsOnly = text.length() == start + width;
		for (int i = start; digitsOnly && i < text.length(); i++) {
			digitsOnly = text.charAt(i) >= '0' && text.charAt(i) <= '9';
		}
		if (!digitsOnly) {
			throw new IllegalArgumentException("not " + width + " digits");
		}
		return Long.parseLong(text, start, text.length(), 10);
	}

}
