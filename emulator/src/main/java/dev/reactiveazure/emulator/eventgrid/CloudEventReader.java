package dev.reactiveazure.emulator.eventgrid;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import dev.reactiveazure.emulator.http.EmulatorRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the events of a publish request in any of the three modes of the CloudEvents HTTP
 * binding. An event in structured or batched mode is kept as the very bytes it was sent
 * in, so that no number or text is changed on its way.
 */
final class CloudEventReader {

	/** The service takes no more events in one request. */
	static final int MAX_EVENTS = 1000;

	private static final String BATCH = "application/cloudevents-batch";

	private static final String STRUCTURED = "application/cloudevents";

	private final JsonFactory json = new JsonFactory();

	private final BinaryModeReader binaryMode = new BinaryModeReader(this.json);

	private final boolean strict;

	CloudEventReader(boolean strict) {
		this.strict = strict;
	}

	/**
	 * Reads all events or refuses the request.
	 * @throws Problem if one event is not valid
	 */
	List<StoredEvent> read(EmulatorRequest request, Instant now) {
		String contentType = lowerCase(request.header("Content-Type"));
		// The batch type starts like the structured one.
		if (contentType.startsWith(BATCH)) {
			return readJson(request.body(), now, true);
		}
		if (contentType.startsWith(STRUCTURED)) {
			return readJson(request.body(), now, false);
		}
		if (BinaryModeReader.matches(request)) {
			return readJson(this.binaryMode.toStructured(request), now, false);
		}
		throw Problem.badRequest("The content type '" + contentType + "' is not supported. Expected "
				+ "application/cloudevents+json, application/cloudevents-batch+json, or ce- headers.");
	}

	private List<StoredEvent> readJson(byte[] body, Instant now, boolean batch) {
		try (JsonParser parser = this.json.createParser(ObjectReadContext.empty(), body)) {
			List<StoredEvent> events = readRoot(parser, body, now, batch);
			if (parser.nextToken() != null) {
				throw Problem.badRequest("There is text after the end of the JSON value.");
			}
			return events;
		}
		catch (JacksonException ex) {
			throw Problem.badRequest("The request body is not valid JSON: " + ex.getOriginalMessage());
		}
	}

	private List<StoredEvent> readRoot(JsonParser parser, byte[] body, Instant now, boolean batch) {
		JsonToken root = parser.nextToken();
		if (root == JsonToken.START_ARRAY) {
			return readArray(parser, body, now);
		}
		if (root == JsonToken.START_OBJECT && !batch) {
			return List.of(readEvent(parser, body, now));
		}
		throw Problem.badRequest(batch ? "The request body must be a JSON array of CloudEvents."
				: "The request body must be a CloudEvent as JSON object.");
	}

	private List<StoredEvent> readArray(JsonParser parser, byte[] body, Instant now) {
		List<StoredEvent> events = new ArrayList<>();
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (parser.currentToken() != JsonToken.START_OBJECT) {
				throw Problem.badRequest("Each CloudEvent must be a JSON object.");
			}
			events.add(readEvent(parser, body, now));
		}
		if (events.size() > MAX_EVENTS) {
			throw Problem.badRequest("A request can hold at most " + MAX_EVENTS + " events.");
		}
		return events;
	}

	private StoredEvent readEvent(JsonParser parser, byte[] body, Instant now) {
		long start = parser.currentTokenLocation().getByteOffset();
		CloudEventCheck check = new CloudEventCheck(this.strict);
		check.read(parser);
		long end = parser.currentLocation().getByteOffset();
		if (start < 0 || end < 0) {
			throw Problem.badRequest("The request body must be UTF-8.");
		}
		return new StoredEvent(check.id(), check.source(), Arrays.copyOfRange(body, (int) start, (int) end), now);
	}

	private static String lowerCase(@Nullable String contentType) {
		return (contentType == null) ? "" : contentType.trim().toLowerCase(Locale.ROOT);
	}

}
