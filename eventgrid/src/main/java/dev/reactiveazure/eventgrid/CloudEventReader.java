package dev.reactiveazure.eventgrid;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.reactiveazure.core.pipeline.Timestamps;
import org.jspecify.annotations.Nullable;

/**
 * Reads events in the JSON format of CloudEvents 1.0, one after the other.
 * <p>
 * An event that breaks the rules is read to its end all the same, so that those behind it
 * can be read; {@link #problem()} then says what is wrong. Its texts that repeat from
 * event to event are made once. Data is cut out of the answer as it stands.
 */
final class CloudEventReader {

	private static final int TIME = 5;

	private static final int LONGEST_PLAIN_TIME = 30;

	private final byte[] answer;

	private final JsonCursor cursor;

	private final char[] timeText = new char[LONGEST_PLAIN_TIME];

	private @Nullable String lastType;

	private @Nullable String lastContentType;

	private @Nullable URI lastSource;

	private @Nullable String lastSourceText;

	private @Nullable String problem;

	private int seen;

	private @Nullable String specVersion;

	private @Nullable String id;

	private @Nullable String source;

	private @Nullable String type;

	private @Nullable String subject;

	private @Nullable Instant time;

	private @Nullable String dataContentType;

	private @Nullable URI dataSchema;

	private @Nullable EventData data;

	private boolean dataIsString;

	private @Nullable Map<String, Object> extensions;

	CloudEventReader(byte[] answer, JsonCursor cursor) {
		this.answer = answer;
		this.cursor = cursor;
	}

	/**
	 * Read the value at the cursor's place to its end.
	 * @return the event; {@code null} if there is a {@link #problem()}
	 */
	@Nullable GridEvent read() {
		reset();
		if (this.cursor.peek() != '{') {
			this.cursor.skip();
			fail("the event is not a JSON object");
			return null;
		}
		this.cursor.enter();
		while (this.cursor.nextMember()) {
			member(this.cursor.name());
		}
		return event();
	}

	/**
	 * Return what is wrong with the event that was read last, without its data.
	 */
	String problem() {
		return (this.problem != null) ? this.problem : "";
	}

	private void reset() {
		this.problem = null;
		this.seen = 0;
		this.specVersion = null;
		this.id = null;
		this.source = null;
		this.type = null;
		this.subject = null;
		this.time = null;
		this.dataContentType = null;
		this.dataSchema = null;
		this.data = null;
		this.dataIsString = false;
		this.extensions = null;
	}

	private void fail(String reason) {
		if (this.problem == null) {
			this.problem = reason;
		}
	}

	private void member(String name) {
		switch (name) {
			case "specversion" -> this.specVersion = text(name, 0, null);
			case "id" -> this.id = text(name, 1, null);
			case "source" -> this.source = text(name, 2, this.lastSourceText);
			case "type" -> this.type = repeatedType(name);
			case "subject" -> this.subject = text(name, 4, null);
			case "time" -> this.time = time(name);
			case "datacontenttype" -> this.dataContentType = repeatedContentType(name);
			case "dataschema" -> this.dataSchema = uri(name, text(name, 7, null));
			case "data" -> data();
			case "data_base64" -> binaryData();
			default -> extension(name);
		}
	}

	private void once(String name, int number) {
		int bit = 1 << number;
		if ((this.seen & bit) != 0) {
			fail("'" + name + "' is there twice");
		}
		this.seen |= bit;
	}

	private @Nullable String repeatedType(String name) {
		this.lastType = text(name, 3, this.lastType);
		return this.lastType;
	}

	private @Nullable String repeatedContentType(String name) {
		this.lastContentType = text(name, 6, this.lastContentType);
		return this.lastContentType;
	}

	/**
	 * Read a text.
	 * @param likely what it probably is, and then no new object
	 */
	private @Nullable String text(String name, int number, @Nullable String likely) {
		once(name, number);
		int first = this.cursor.peek();
		if (first == '"') {
			return this.cursor.text(likely);
		}
		this.cursor.skip();
		if (first != 'n') {
			fail("'" + name + "' is not a string");
		}
		return null;
	}

	private @Nullable Instant time(String name) {
		int length = this.cursor.copyAscii(this.timeText);
		Instant plain = (length > 0) ? Timestamps.parsePlain(this.timeText, 0, length) : null;
		if (plain != null) {
			once(name, TIME);
			this.cursor.skip();
			return plain;
		}
		String text = text(name, TIME, null);
		if (text == null) {
			return null;
		}
		try {
			return Timestamps.parse(text);
		}
		catch (DateTimeParseException ex) {
			fail("'time' is not an RFC 3339 timestamp");
			return null;
		}
	}

	private @Nullable URI uri(String name, @Nullable String text) {
		if (text == null) {
			return null;
		}
		try {
			return new URI(text);
		}
		catch (URISyntaxException ex) {
			return quotedUri(name, text);
		}
	}

	/**
	 * Return a URI for text that other publishers send though it is none: with its
	 * illegal characters percent-encoded.
	 */
	private @Nullable URI quotedUri(String name, String text) {
		try {
			return new URI(null, text, null);
		}
		catch (URISyntaxException ex) {
			fail("'" + name + "' is not a URI reference");
			return null;
		}
	}

	private void data() {
		if (this.data != null) {
			fail("there are two of 'data' and 'data_base64'");
		}
		int first = this.cursor.peek();
		int start = this.cursor.position();
		this.cursor.skip();
		this.data = (first == 'n') ? EventData.NULL
				: EventData.parsedJson(Arrays.copyOfRange(this.answer, start, this.cursor.position()));
		this.dataIsString = first == '"';
	}

	private void binaryData() {
		String text = text("data_base64", 8, null);
		if (text == null) {
			return;
		}
		if (this.data != null) {
			fail("there are two of 'data' and 'data_base64'");
		}
		try {
			this.data = EventData.bytes(Base64.getDecoder().decode(text));
		}
		catch (IllegalArgumentException ex) {
			fail("'data_base64' is not Base64");
		}
	}

	private void extension(String name) {
		Object value = switch (this.cursor.peek()) {
			case '"' -> this.cursor.text();
			case 't' -> skipped(Boolean.TRUE);
			case 'f' -> skipped(Boolean.FALSE);
			case 'n' -> skipped(null);
			case '{', '[' -> {
				fail("the extension '" + name + "' is an object or an array");
				yield skipped(null);
			}
			default -> number(name);
		};
		if (value == null) {
			return;
		}
		if (this.extensions == null) {
			this.extensions = new LinkedHashMap<>();
		}
		if (this.extensions.put(name, value) != null) {
			fail("the extension '" + name + "' is there twice");
		}
	}

	private @Nullable Object skipped(@Nullable Object value) {
		this.cursor.skip();
		return value;
	}

	/**
	 * Read a number, wider than CloudEvents allow, for other publishers do not keep to
	 * it.
	 */
	private @Nullable Number number(String name) {
		try {
			return this.cursor.number();
		}
		catch (NumberFormatException ex) {
			fail("the extension '" + name + "' is no number that can be read");
			return null;
		}
	}

	private @Nullable GridEvent event() {
		requireVersion();
		requirePresent("id", this.id);
		requirePresent("source", this.source);
		requirePresent("type", this.type);
		URI source = source();
		if (this.problem != null || this.id == null || source == null || this.type == null) {
			return null;
		}
		Map<String, Object> extensions = (this.extensions != null) ? Collections.unmodifiableMap(this.extensions)
				: Map.of();
		return new GridEvent(this.id, source, this.type, this.subject, this.time, this.dataContentType, this.dataSchema,
				typedData(), extensions);
	}

	private void requireVersion() {
		if (this.specVersion == null && this.extensions != null && this.extensions.containsKey("eventType")) {
			fail("it has 'eventType' and no 'specversion': an event in the Event Grid schema, not a CloudEvent");
		}
		requirePresent("specversion", this.specVersion);
		if (!"1.0".equals(this.specVersion)) {
			fail("'specversion' is not 1.0");
		}
	}

	private void requirePresent(String name, @Nullable String value) {
		if (value == null || value.isEmpty()) {
			fail("it has no '" + name + "'");
		}
	}

	private @Nullable URI source() {
		if (this.source == null) {
			return null;
		}
		if (this.lastSource == null || !this.source.equals(this.lastSourceText)) {
			this.lastSource = uri("source", this.source);
			this.lastSourceText = this.source;
		}
		return this.lastSource;
	}

	/**
	 * Return the data as what its content type says it is: a JSON string is text where
	 * the type is not JSON. Any other value under such a type is kept as JSON, for that
	 * is what it is.
	 */
	private @Nullable EventData typedData() {
		if (this.data == null || !this.dataIsString || EventAttributes.isJson(this.dataContentType)) {
			return this.data;
		}
		byte[] json = this.data.toBytes();
		return EventData.text(new JsonCursor(json, json.length).text());
	}

}
