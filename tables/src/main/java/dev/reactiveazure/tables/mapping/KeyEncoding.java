package dev.reactiveazure.tables.mapping;

/**
 * How a value becomes a key, or a part of one.
 */
public enum KeyEncoding {

	/**
	 * {@link #SORTABLE} for numbers and moments, {@link #TEXT} for everything else.
	 */
	AUTO,

	/**
	 * The value's text as it is. What a key must not contain ({@code / \ # ?}, control
	 * characters, the separator before the last part) is refused before anything is sent.
	 */
	TEXT,

	/**
	 * The value's text, with what a key must not contain, the separator and {@code %}
	 * written as {@code %} and the hexadecimal digits of its UTF-8 bytes.
	 */
	PERCENT,

	/**
	 * The value's text, its UTF-8 bytes written in Base64 for URLs without padding. Keeps
	 * no order.
	 */
	BASE64URL,

	/**
	 * Text in the order of the values, always of the same length but for
	 * {@link java.math.BigInteger} and text:
	 * <ul>
	 * <li>{@code byte}, {@code short}, {@code int}, {@code long}: padded with zeros to
	 * the width of the type, negative ones behind a {@code -} as their distance to the
	 * smallest</li>
	 * <li>{@link java.math.BigInteger}: up to 400 digits, behind their number</li>
	 * <li>{@link java.time.Instant}, {@link java.time.OffsetDateTime},
	 * {@link java.time.ZonedDateTime}: ISO 8601 in UTC with nine digits of a second, from
	 * year 0 to 9999; where descending, the nanoseconds that are left until the year
	 * 10000</li>
	 * <li>{@link java.time.LocalDate}, {@link java.time.LocalDateTime}: ISO 8601, or what
	 * is left of it</li>
	 * <li>{@link java.util.UUID}: its canonical text, which is in the order of its 128
	 * bits without sign, other than {@link java.util.UUID#compareTo}</li>
	 * <li>{@code boolean}: {@code 0} or {@code 1}</li>
	 * <li>text: as it is</li>
	 * </ul>
	 */
	SORTABLE

}
