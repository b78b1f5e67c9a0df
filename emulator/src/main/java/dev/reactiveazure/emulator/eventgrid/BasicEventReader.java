package dev.reactiveazure.emulator.eventgrid;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
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
 * Reads and checks the events of a request to the Basic endpoint against the topic's
 * input schema.
 */
final class BasicEventReader {

	private static final int MAX_EVENTS = 5000;

	private final JsonFactory json = new JsonFactory();

	private final BasicSchema configured;

	private final boolean strict;

	BasicEventReader(EventGridSettings settings) {
		this.configured = settings.basicSchema();
		this.strict = settings.strictValidation();
	}

	/**
	 * Reads all events or refuses the request.
	 * @throws Problem if the request is in another schema or an event is not valid
	 */
	List<BasicEvent> read(EmulatorRequest request, Instant now) {
		boolean cloudEvents = contentType(request).startsWith("application/cloudevents");
		boolean single = cloudEvents && !contentType(request).startsWith("application/cloudevents-batch");
		try (JsonParser parser = this.json.createParser(ObjectReadContext.empty(), request.body())) {
			if (parser.nextToken() == JsonToken.START_OBJECT && single) {
				return List.of(readEvent(parser, request, schema(request, cloudEvents), now));
			}
			if (parser.currentToken() != JsonToken.START_ARRAY) {
				throw Problem.badRequest("Unexpected token when reading JSON. Expected: StartArray, actual: "
						+ name(parser.currentToken()) + ".");
			}
			return readArray(parser, request, schema(request, cloudEvents), now);
		}
		catch (JacksonException ex) {
			throw Problem.badRequest("The request body is not valid JSON: " + ex.getOriginalMessage());
		}
	}

	private List<BasicEvent> readArray(JsonParser parser, EmulatorRequest request, BasicSchema schema, Instant now) {
		List<BasicEvent> events = new ArrayList<>();
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (parser.currentToken() != JsonToken.START_OBJECT) {
				throw Problem.badRequest("Unexpected token when reading JSON. Expected: StartObject, actual: "
						+ name(parser.currentToken()) + ".");
			}
			events.add(readEvent(parser, request, schema, now));
		}
		if (events.size() > MAX_EVENTS) {
			throw Problem.badRequest("A request can hold at most " + MAX_EVENTS + " events.");
		}
		return events;
	}

	private BasicEvent readEvent(JsonParser parser, EmulatorRequest request, BasicSchema schema, Instant now) {
		int start = (int) parser.currentTokenLocation().getByteOffset();
		switch (schema) {
			case CLOUD_EVENTS -> new CloudEventCheck(this.strict).read(parser);
			case EVENT_GRID -> new EventGridEventCheck().read(parser);
			default -> parser.skipChildren();
		}
		int end = (int) parser.currentLocation().getByteOffset();
		if (start < 0 || end < 0) {
			throw Problem.badRequest("The request body must be UTF-8.");
		}
		String event = new String(request.body(), start, end - start, StandardCharsets.UTF_8);
		return new BasicEvent(schema, event, request.header("aeg-channel-name"), now);
	}

	private BasicSchema schema(EmulatorRequest request, boolean cloudEvents) {
		if (this.configured != BasicSchema.ANY) {
			return this.configured;
		}
		if (cloudEvents) {
			return BasicSchema.CLOUD_EVENTS;
		}
		return mentionsEventType(request.body()) ? BasicSchema.EVENT_GRID : BasicSchema.CUSTOM;
	}

	/** Whether the first event has a member that only Event Grid's schema has. */
	private boolean mentionsEventType(byte[] body) {
		try (JsonParser parser = this.json.createParser(ObjectReadContext.empty(), body)) {
			if (parser.nextToken() != JsonToken.START_ARRAY || parser.nextToken() != JsonToken.START_OBJECT) {
				return false;
			}
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				if (parser.currentName().equals("eventType")) {
					return true;
				}
				parser.nextToken();
				parser.skipChildren();
			}
			return false;
		}
	}

	private static String contentType(EmulatorRequest request) {
		String contentType = request.header("Content-Type");
		return (contentType == null) ? "" : contentType.trim().toLowerCase(Locale.ROOT);
	}

	private static String name(@Nullable JsonToken token) {
		if (token == null) {
			return "None";
		}
		return switch (token) {
			case START_OBJECT -> "StartObject";
			case START_ARRAY -> "StartArray";
			case VALUE_STRING -> "String";
			case VALUE_NUMBER_INT -> "Integer";
			case VALUE_NUMBER_FLOAT -> "Float";
			case VALUE_TRUE, VALUE_FALSE -> "Boolean";
			default -> "Null";
		};
	}

}
