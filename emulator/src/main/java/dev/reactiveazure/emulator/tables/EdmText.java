package dev.reactiveazure.emulator.tables;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Reads typed values from their text on the wire. Text that is not of the type is refused
 * as invalid input.
 */
final class EdmText {

	static final Instant FIRST_TIME = Instant.parse("1601-01-01T00:00:00Z");

	private static final Instant END_OF_TIME = Instant.parse("+10000-01-01T00:00:00Z");

	private static final Pattern GUID = Pattern
		.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

	private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder().parseCaseInsensitive()
		.append(DateTimeFormatter.ISO_LOCAL_DATE)
		.optionalStart()
		.appendLiteral('T')
		.append(DateTimeFormatter.ISO_LOCAL_TIME)
		.optionalStart()
		.appendOffsetId()
		.optionalEnd()
		.optionalEnd()
		.parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
		.toFormatter(Locale.ROOT);

	private static final DateTimeFormatter OUT_OF_RANGE = DateTimeFormatter
		.ofPattern("MM/dd/yyyy HH:mm:ss", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private EdmText() {
	}

	static EdmValue parse(String property, EdmType type, String text) {
		try {
			return new EdmValue(type, value(property, type, text));
		}
		catch (IllegalArgumentException | DateTimeParseException ex) {
			throw Refusal.invalidInput();
		}
	}

	private static Object value(String property, EdmType type, String text) {
		return switch (type) {
			case STRING -> text;
			case INT32 -> Integer.valueOf(text);
			case INT64 -> Long.valueOf(text);
			case DOUBLE -> number(text);
			case BOOLEAN -> bool(text);
			case DATE_TIME -> storable(property, instant(text));
			case GUID -> guid(text);
			case BINARY -> Base64.getDecoder().decode(text);
		};
	}

	/**
	 * A time as the service accepts it: without a zone it is UTC, without a time of day
	 * it is midnight, and digits below 100 ns are cut off.
	 * @throws DateTimeParseException if it is no time
	 */
	static Instant instant(String text) {
		TemporalAccessor parsed = DATE_TIME.parse(text);
		ZoneOffset offset = parsed.isSupported(ChronoField.OFFSET_SECONDS) ? ZoneOffset.from(parsed) : ZoneOffset.UTC;
		return Ticks.truncate(LocalDateTime.from(parsed).toInstant(offset));
	}

	private static Instant storable(String property, Instant time) {
		if (time.isBefore(FIRST_TIME) || !time.isBefore(END_OF_TIME)) {
			throw Refusal.outOfRange(property, OUT_OF_RANGE.format(time));
		}
		return time;
	}

	private static Double number(String text) {
		return switch (text) {
			case "NaN" -> Double.NaN;
			case "Infinity" -> Double.POSITIVE_INFINITY;
			case "-Infinity" -> Double.NEGATIVE_INFINITY;
			default -> finite(text);
		};
	}

	private static Double finite(String text) {
		char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
		double number = Double.parseDouble(text);
		// Java alone knows suffixes such as 1d, and numbers too large for a double become
		// infinite.
		if (!Character.isDigit(last) && last != '.' || !Double.isFinite(number)) {
			throw new NumberFormatException(text);
		}
		return number;
	}

	private static Boolean bool(String text) {
		if (text.equalsIgnoreCase("true")) {
			return Boolean.TRUE;
		}
		if (text.equalsIgnoreCase("false")) {
			return Boolean.FALSE;
		}
		throw new IllegalArgumentException(text);
	}

	private static UUID guid(String text) {
		if (!GUID.matcher(text).matches()) {
			throw new IllegalArgumentException(text);
		}
		return UUID.fromString(text);
	}

}
