package dev.reactiveazure.tables;

import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

import dev.reactiveazure.core.pipeline.Timestamps;
import org.jspecify.annotations.Nullable;

/**
 * The types that a property can have in the service, each with the one Java type that
 * stands for it here.
 *
 * @see <a href=
 * "https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model">Understanding
 * the Table service data model</a>
 */
public enum EdmType {

	/** Text of at most 32,768 UTF-16 characters. */
	STRING("Edm.String", String.class),

	/** A 32-bit integer. */
	INT32("Edm.Int32", Integer.class),

	/** A 64-bit integer. */
	INT64("Edm.Int64", Long.class),

	/** A 64-bit floating point number, NaN and the infinities included. */
	DOUBLE("Edm.Double", Double.class),

	/** True or false. */
	BOOLEAN("Edm.Boolean", Boolean.class),

	/** A moment from 1601-01-01 to 9999-12-31, exact to 100 ns. */
	DATE_TIME("Edm.DateTime", Instant.class),

	/** A GUID. */
	GUID("Edm.Guid", UUID.class),

	/** At most 65,536 bytes. */
	BINARY("Edm.Binary", byte[].class);

	// A call of values() copies the array: 48 B for each property that an entity is
	// given.
	private static final EdmType[] ALL = values();

	private static final HexFormat HEX = HexFormat.of();

	private final String wireName;

	private final Class<?> javaType;

	EdmType(String wireName, Class<?> javaType) {
		this.wireName = wireName;
		this.javaType = javaType;
	}

	/**
	 * Return the name that annotations use, such as {@code Edm.Int64}.
	 */
	public String wireName() {
		return this.wireName;
	}

	/**
	 * Return the Java type of this type's values.
	 */
	public Class<?> javaType() {
		return this.javaType;
	}

	/**
	 * Return the type whose values are of a Java type.
	 * @return the type; {@code null} for any other class
	 */
	public static @Nullable EdmType of(Class<?> javaType) {
		for (EdmType type : ALL) {
			if (type.javaType == javaType) {
				return type;
			}
		}
		return null;
	}

	static @Nullable EdmType ofWireName(CharSequence wireName) {
		for (EdmType type : ALL) {
			if (type.wireName.contentEquals(wireName)) {
				return type;
			}
		}
		return null;
	}

	/**
	 * Read a value from its text in an answer.
	 * @return a value of this type's {@linkplain #javaType() Java type}
	 * @throws RuntimeException if the text is of another type
	 */
	Object parse(CharSequence text) {
		return switch (this) {
			case STRING -> text.toString();
			case INT32 -> Integer.parseInt(text, 0, text.length(), 10);
			case INT64 -> Long.parseLong(text, 0, text.length(), 10);
			case DOUBLE -> Double.valueOf(text.toString());
			case BOOLEAN -> bool(text.toString());
			case DATE_TIME -> Timestamps.parse(text);
			case GUID -> guid(text);
			case BINARY -> Base64.getDecoder().decode(text.toString());
		};
	}

	/**
	 * Read a GUID without a string of it, which {@link UUID#fromString} would cost: 80 B.
	 * @throws IllegalArgumentException if the text is no GUID
	 */
	static UUID guid(CharSequence text) {
		boolean dashed = text.length() == 36 && text.charAt(8) == '-' && text.charAt(13) == '-'
				&& text.charAt(18) == '-' && text.charAt(23) == '-';
		if (!dashed) {
			throw new IllegalArgumentException("not in five groups");
		}
		long high = HexFormat.fromHexDigitsToLong(text, 0, 8) << 32 | HexFormat.fromHexDigitsToLong(text, 9, 13) << 16
				| HexFormat.fromHexDigitsToLong(text, 14, 18);
		long low = HexFormat.fromHexDigitsToLong(text, 19, 23) << 48 | HexFormat.fromHexDigitsToLong(text, 24, 36);
		return new UUID(high, low);
	}

	private static boolean bool(String text) {
		if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
			throw new IllegalArgumentException("neither true nor false");
		}
		return text.equalsIgnoreCase("true");
	}

	/**
	 * Return a value as a filter's literal: quoted, escaped and marked so that the
	 * service compares it as this type, whatever it contains.
	 * @param value a value of this type's {@linkplain #javaType() Java type}
	 * @throws IllegalArgumentException if the value is of another type, or has no literal
	 * (NaN, infinities)
	 */
	public String literal(Object value) {
		if (!this.javaType.isInstance(value)) {
			throw new IllegalArgumentException("A literal of " + this.wireName + " needs a value of "
					+ this.javaType.getSimpleName() + ", not of " + value.getClass().getName());
		}
		return switch (this) {
			case STRING -> quoted((String) value);
			case INT64 -> value + "L";
			case DOUBLE -> finite((Double) value);
			case INT32, BOOLEAN -> value.toString();
			case DATE_TIME -> "datetime'" + Timestamps.format((Instant) value) + "'";
			case GUID -> "guid'" + value + "'";
			case BINARY -> "X'" + HEX.formatHex((byte[]) value) + "'";
		};
	}

	private static String quoted(String text) {
		return "'" + text.replace("'", "''") + "'";
	}

	private static String finite(Double value) {
		if (!Double.isFinite(value)) {
			throw new IllegalArgumentException("A filter can't compare with " + value);
		}
		return value.toString();
	}

}
