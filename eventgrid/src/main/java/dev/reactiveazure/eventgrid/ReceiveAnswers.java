package dev.reactiveazure.eventgrid;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.reactiveazure.core.pipeline.AnswerReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the answer to one receive. Its events are locked for us whatever their content,
 * so each lock token is kept as long as there is a way to find it: an event that breaks
 * the rules becomes a {@link ReceivedEvent.Malformed}, and so does each that follows the
 * place where the answer stops to be JSON.
 */
final class ReceiveAnswers {

	private final byte[] bytes;

	private final int length;

	private final List<ReceivedEvent> events = new ArrayList<>();

	private @Nullable String lockToken;

	private int deliveryCount;

	private boolean eventSeen;

	private @Nullable GridEvent event;

	private int eventStart;

	private int eventEnd;

	private String problem = "";

	/** How much of the answer is read, in whole events. */
	private int readTo;

	private ReceiveAnswers(byte[] bytes, int length) {
		this.bytes = bytes;
		this.length = length;
	}

	static AnswerReader<List<ReceivedEvent>> reader() {
		return (answer) -> read(answer.bytes(), answer.length());
	}

	static List<ReceivedEvent> read(byte[] bytes, int length) {
		return new ReceiveAnswers(bytes, length).read();
	}

	private List<ReceivedEvent> read() {
		try (JsonParser parser = JsonAnswers.parser(this.bytes, this.length)) {
			JsonAnswers.requireObject(parser);
			if (!members(parser)) {
				throw new IllegalStateException("it has no array 'value'");
			}
		}
		catch (JacksonException ex) {
			salvage(JsonAnswers.unreadable(ex));
		}
		return Collections.unmodifiableList(this.events);
	}

	private boolean members(JsonParser parser) {
		boolean found = false;
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			boolean value = parser.currentName().equals("value");
			if (parser.nextToken() == JsonToken.START_ARRAY && value) {
				deliveries(parser);
				found = true;
			}
			else {
				parser.skipChildren();
			}
		}
		return found;
	}

	private void deliveries(JsonParser parser) {
		CloudEventReader reader = new CloudEventReader(this.bytes, parser);
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (parser.currentToken() == JsonToken.START_OBJECT) {
				delivery(parser, reader);
			}
			else {
				parser.skipChildren();
			}
		}
	}

	private void delivery(JsonParser parser, CloudEventReader reader) {
		this.lockToken = null;
		this.deliveryCount = 1;
		this.eventSeen = false;
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			JsonToken value = parser.nextToken();
			if (value == JsonToken.START_OBJECT && name.equals("brokerProperties")) {
				brokerProperties(parser);
			}
			else if (name.equals("event")) {
				event(parser, reader);
			}
			else {
				parser.skipChildren();
			}
		}
		add();
		this.readTo = (int) parser.currentLocation().getByteOffset();
	}

	private void brokerProperties(JsonParser parser) {
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			JsonToken value = parser.nextToken();
			if (name.equals("lockToken")) {
				this.lockToken = JsonAnswers.textOrSkip(parser);
			}
			else if (value == JsonToken.VALUE_NUMBER_INT && name.equals("deliveryCount")) {
				this.deliveryCount = parser.getIntValue();
			}
			else {
				parser.skipChildren();
			}
		}
	}

	private void event(JsonParser parser, CloudEventReader reader) {
		this.eventSeen = true;
		this.eventStart = (int) parser.currentTokenLocation().getByteOffset();
		this.event = reader.read();
		if (this.event == null) {
			this.eventEnd = (int) parser.currentLocation().getByteOffset();
			this.problem = reader.problem();
		}
	}

	/**
	 * Add the delivery. One without a lock token is left out: nobody could settle it.
	 */
	private void add() {
		if (this.lockToken == null || this.lockToken.isEmpty()) {
			return;
		}
		if (!this.eventSeen) {
			this.events.add(new ReceivedEvent.Malformed("", "there is no event", this.lockToken, this.deliveryCount));
		}
		else if (this.event == null) {
			String json = new String(this.bytes, this.eventStart, this.eventEnd - this.eventStart,
					StandardCharsets.UTF_8);
			this.events.add(new ReceivedEvent.Malformed(json, this.problem, this.lockToken, this.deliveryCount));
		}
		else {
			this.events.add(new ReceivedEvent.Valid(this.event, this.lockToken, this.deliveryCount));
		}
	}

	/**
	 * Look for the lock tokens behind the last event that was read.
	 * @throws IllegalStateException the given error, if the answer holds no lock token
	 */
	private void salvage(IllegalStateException unreadable) {
		String rest = new String(this.bytes, this.readTo, this.length - this.readTo, StandardCharsets.UTF_8);
		this.events.addAll(LockTokenSalvage.from(rest, "the answer can't be read: " + unreadable.getMessage()));
		if (this.events.isEmpty()) {
			throw unreadable;
		}
	}

}
