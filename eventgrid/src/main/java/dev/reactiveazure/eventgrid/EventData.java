package dev.reactiveazure.eventgrid;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.cloudevents.CloudEventData;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * The data of an event, undecoded, with what it is: a JSON value, text or bytes.
 * <p>
 * JSON travels as the member {@code data} itself, so that a JSON string stays one and no
 * number loses a digit; text as a JSON string in {@code data}; bytes as
 * {@code data_base64}. Immutable as long as nobody writes into {@link #toBytes()}.
 *
 * @see <a href=
 * "https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">JSON
 * event format for CloudEvents</a>
 */
public final class EventData implements CloudEventData {

	/**
	 * What the bytes are.
	 */
	public enum Kind {

		/**
		 * A JSON value in UTF-8.
		 */
		JSON,

		/**
		 * Text in UTF-8.
		 */
		TEXT,

		/**
		 * Any bytes.
		 */
		BINARY

	}

	static final EventData NULL = new EventData(Kind.JSON, new byte[] { 'n', 'u', 'l', 'l' });

	private final Kind kind;

	private final byte[] bytes;

	private EventData(Kind kind, byte[] bytes) {
		this.kind = kind;
		this.bytes = bytes;
	}

	/**
	 * Take a JSON value that is written already.
	 * @param json one JSON value in UTF-8; not copied
	 * @return data of the kind {@link Kind#JSON}
	 * @throws IllegalArgumentException if it is not one JSON value, saying where
	 */
	public static EventData json(byte[] json) {
		requireJson(json);
		return new EventData(Kind.JSON, json);
	}

	/**
	 * Write a value as JSON.
	 * @param mapper what writes it
	 * @param value the value; {@code null} becomes JSON's {@code null}
	 * @return data of the kind {@link Kind#JSON}
	 * @throws JacksonException if the mapper can't write the value
	 */
	public static EventData json(JsonMapper mapper, @Nullable Object value) {
		return new EventData(Kind.JSON, mapper.writeValueAsBytes(value));
	}

	/**
	 * Take text that is no JSON, such as XML.
	 * @param text the text
	 * @return data of the kind {@link Kind#TEXT}
	 */
	public static EventData text(String text) {
		return new EventData(Kind.TEXT, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Take bytes.
	 * @param bytes the bytes; not copied
	 * @return data of the kind {@link Kind#BINARY}
	 */
	public static EventData bytes(byte[] bytes) {
		Assert.notNull(bytes, "The bytes must not be null");
		return new EventData(Kind.BINARY, bytes);
	}

	/**
	 * Take a JSON value that a parser has seen.
	 */
	static EventData parsedJson(byte[] json) {
		return new EventData(Kind.JSON, json);
	}

	static void requireJson(byte[] json) {
		JsonScan scan = new JsonScan(json, json.length);
		int start = scan.blanks(0);
		Assert.isTrue(start < json.length, "The data is empty, which is not JSON");
		int end;
		try {
			end = scan.blanks(scan.value(start));
		}
		catch (MalformedJsonException ex) {
			throw new IllegalArgumentException("The data is not JSON: " + ex.getMessage());
		}
		Assert.isTrue(end == json.length, "The data is more than one JSON value");
	}

	/**
	 * Return what the bytes are.
	 * @return the kind
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * Return the data itself: for JSON its text, quotes of a string included.
	 * @return the array that this object holds, not a copy: not to be written into
	 */
	@Override
	public byte[] toBytes() {
		return this.bytes;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof EventData that && this.kind == that.kind && Arrays.equals(this.bytes, that.bytes);
	}

	@Override
	public int hashCode() {
		return 31 * this.kind.hashCode() + Arrays.hashCode(this.bytes);
	}

	/**
	 * Return kind and size; never the data, which may be personal.
	 */
	@Override
	public String toString() {
		return "EventData[" + this.kind + ", " + this.bytes.length + " bytes]";
	}

}
