package dev.reactiveazure.emulator.eventgrid;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import dev.reactiveazure.emulator.http.EmulatorRequest;
import dev.reactiveazure.emulator.http.EmulatorResponse;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes the bodies of the service's answers.
 */
final class Answers {

	private static final byte[] VALUE = ascii("{\"value\":[");

	private static final byte[] LOCK_TOKEN = ascii("{\"brokerProperties\":{\"lockToken\":\"");

	private static final byte[] DELIVERY_COUNT = ascii("\",\"deliveryCount\":");

	private static final byte[] EVENT = ascii("},\"event\":");

	private static final byte[] END_OF_VALUE = ascii("]}");

	private static final byte[] NOTHING = ascii("{}");

	/** What one received event needs besides its JSON and its lock token. */
	private static final int FRAME = LOCK_TOKEN.length + DELIVERY_COUNT.length + EVENT.length + 12;

	private final JsonFactory json = new JsonFactory();

	/** Publish. */
	EmulatorResponse accepted() {
		return ok(NOTHING);
	}

	/** Receive: events were serialized when they were published and are only copied. */
	EmulatorResponse received(List<LockedEvent> events) {
		ByteArrayOutputStream body = new ByteArrayOutputStream(size(events));
		body.writeBytes(VALUE);
		for (int i = 0; i < events.size(); i++) {
			if (i > 0) {
				body.write(',');
			}
			append(body, events.get(i));
		}
		body.writeBytes(END_OF_VALUE);
		return ok(body.toByteArray());
	}

	/** Acknowledge, release, reject and renew. */
	EmulatorResponse settled(Settlement settlement) {
		return ok(write((generator) -> {
			generator.writeArrayPropertyStart("succeededLockTokens");
			settlement.succeeded().forEach(generator::writeString);
			generator.writeEndArray();
			generator.writeArrayPropertyStart("failedLockTokens");
			settlement.failed().forEach((failure) -> writeFailure(generator, failure));
			generator.writeEndArray();
		}));
	}

	EmulatorResponse refused(Problem problem, EmulatorRequest request, Instant now) {
		byte[] body = write((generator) -> {
			generator.writeObjectPropertyStart("error");
			generator.writeStringProperty("code", problem.code());
			generator.writeStringProperty("message", problem.message());
			generator.writeStringProperty("timestamp_utc", now.toString());
			generator.writeStringProperty("tracking_id", request.id());
			generator.writeEndObject();
		});
		return json(problem.status(), body).withHeader("x-ms-error-code", problem.code());
	}

	private static void append(ByteArrayOutputStream body, LockedEvent locked) {
		body.writeBytes(LOCK_TOKEN);
		body.writeBytes(ascii(locked.lockToken()));
		body.writeBytes(DELIVERY_COUNT);
		body.writeBytes(ascii(Integer.toString(locked.deliveryCount())));
		body.writeBytes(EVENT);
		body.writeBytes(locked.event().json());
		body.write('}');
	}

	private static int size(List<LockedEvent> events) {
		int size = VALUE.length + END_OF_VALUE.length;
		for (LockedEvent locked : events) {
			size += FRAME + locked.lockToken().length() + locked.event().json().length;
		}
		return size;
	}

	private static void writeFailure(JsonGenerator generator, TokenFailure failure) {
		generator.writeStartObject();
		generator.writeStringProperty("lockToken", failure.lockToken());
		generator.writeObjectPropertyStart("error");
		generator.writeStringProperty("code", failure.code().wire);
		generator.writeStringProperty("message", failure.code().message);
		generator.writeEndObject();
		generator.writeEndObject();
	}

	private byte[] write(Content content) {
		ByteArrayOutputStream body = new ByteArrayOutputStream(256);
		try (JsonGenerator generator = this.json.createGenerator(ObjectWriteContext.empty(), body)) {
			generator.writeStartObject();
			content.writeTo(generator);
			generator.writeEndObject();
		}
		return body.toByteArray();
	}

	private static EmulatorResponse ok(byte[] body) {
		return json(200, body);
	}

	private static EmulatorResponse json(int status, byte[] body) {
		return EmulatorResponse.status(status)
			.withHeader("Content-Type", "application/json; charset=utf-8")
			.withBody(body);
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	@FunctionalInterface
	private interface Content {

		void writeTo(JsonGenerator generator);

	}

}
