package dev.reactiveazure.eventgrid;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.reactiveazure.core.pipeline.AnswerReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to one receive. Its events are locked for us whatever their content,
 * so each lock token is kept as long as there is a way to find it: an event that breaks
 * the rules becomes a {@link ReceivedEvent.Malformed}, and so does each that follows the
 * place where the answer stops to be JSON.
 */
final class ReceiveAnswers {

	/** How many events the service gives at once. */
	private static final int MOST_EVENTS = 100;

	private final byte[] bytes;

	private final int length;

	private final ArrayList<ReceivedEvent> events = new ArrayList<>();

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
		JsonCursor cursor = new JsonCursor(this.bytes, this.length);
		try {
			cursor.requireObject();
			if (!members(cursor)) {
				throw new IllegalStateException("it has no array 'value'");
			}
		}
		catch (MalformedJsonException ex) {
			salvage(ex);
		}
		return Collections.unmodifiableList(this.events);
	}

	private boolean members(JsonCursor cursor) {
		boolean found = false;
		cursor.enter();
		while (cursor.nextMember()) {
			if (cursor.isContent("value") && cursor.peek() == '[') {
				deliveries(cursor);
				found = true;
			}
			else {
				cursor.skip();
			}
		}
		return found;
	}

	private void deliveries(JsonCursor cursor) {
		CloudEventReader reader = new CloudEventReader(this.bytes, cursor);
		cursor.enter();
		while (cursor.nextElement()) {
			if (cursor.peek() == '{') {
				delivery(cursor, reader);
			}
			else {
				cursor.skip();
			}
		}
	}

	private void delivery(JsonCursor cursor, CloudEventReader reader) {
		this.lockToken = null;
		this.deliveryCount = 1;
		this.eventSeen = false;
		cursor.enter();
		while (cursor.nextMember()) {
			switch (cursor.name()) {
				case "brokerProperties" -> brokerProperties(cursor);
				case "event" -> event(cursor, reader);
				default -> cursor.skip();
			}
		}
		add();
		this.readTo = cursor.position();
	}

	private void brokerProperties(JsonCursor cursor) {
		if (cursor.peek() != '{') {
			cursor.skip();
			return;
		}
		cursor.enter();
		while (cursor.nextMember()) {
			switch (cursor.name()) {
				case "lockToken" -> this.lockToken = cursor.textOrSkip();
				case "deliveryCount" -> {
					int count = cursor.count();
					this.deliveryCount = (count >= 0) ? count : this.deliveryCount;
				}
				default -> cursor.skip();
			}
		}
	}

	private void event(JsonCursor cursor, CloudEventReader reader) {
		this.eventSeen = true;
		cursor.peek();
		this.eventStart = cursor.position();
		this.event = reader.read();
		this.eventEnd = cursor.position();
		if (this.event == null) {
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
		if (this.events.isEmpty()) {
			// As many as there are if all are as long as the first.
			this.events.ensureCapacity(Math.min(MOST_EVENTS, 1 + this.length / Math.max(1, this.eventEnd)));
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
