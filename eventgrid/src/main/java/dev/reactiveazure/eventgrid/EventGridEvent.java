package dev.reactiveazure.eventgrid;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * An event in Event Grid's own schema, which only the Basic tier takes. Immutable.
 *
 * @param id identifies the event, not empty
 * @param subject what it is about, a path that the publisher chooses; may be empty
 * @param eventType what happened, such as {@code com.example.placed}; not empty
 * @param eventTime when it happened, of the years 0 to 9999; sent in UTC, cut to 100 ns
 * @param dataVersion version of the data's schema, which the publisher chooses
 * @param data what the event says: JSON or text. The schema has no place for bytes
 * @param topic where it goes: a domain's topic in events to a domain; otherwise
 * {@code null}, the default, and the service fills it in
 * @see <a href="https://learn.microsoft.com/azure/event-grid/event-schema">Event Grid
 * event schema</a>
 */
public record EventGridEvent(String id, String subject, String eventType, Instant eventTime, String dataVersion,
		EventData data, @Nullable String topic) {

	private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");

	private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

	/**
	 * Create an event.
	 * @throws IllegalArgumentException if id or type is empty, the data is bytes, the
	 * year has no four digits, or anything but the topic is {@code null}
	 */
	public EventGridEvent {
		Assert.hasLength(id, "The event's id must not be empty");
		Assert.notNull(subject, () -> "The subject of event '" + id + "' must not be null");
		Assert.hasLength(eventType, () -> "The type of event '" + id + "' must not be empty");
		Assert.isTrue(eventTime != null && !eventTime.isBefore(YEAR_0) && eventTime.isBefore(YEAR_10000),
				() -> "The time of event '" + id + "' must have a year of four digits");
		Assert.notNull(dataVersion, () -> "The data version of event '" + id + "' must not be null");
		Assert.notNull(data, () -> "The data of event '" + id + "' must not be null; JSON's null is "
				+ "EventData.json(mapper, null)");
		Assert.isTrue(data.kind() != EventData.Kind.BINARY, () -> "The data of event '" + id
				+ "' must be JSON or text: Event Grid's schema has no place for bytes, CloudEvents have");
		Assert.isTrue(topic == null || !topic.isEmpty(), () -> "The topic of event '" + id + "' must not be empty");
	}

	/**
	 * Create an event with a random id that happens now. Publishing it again, in a retry
	 * too, keeps that id.
	 * @param subject what it is about
	 * @param eventType what happened, not empty
	 * @param dataVersion version of the data's schema
	 * @param data what the event says
	 * @return an event without a topic
	 */
	public static EventGridEvent of(String subject, String eventType, String dataVersion, EventData data) {
		return new EventGridEvent(UUID.randomUUID().toString(), subject, eventType, Instant.now(), dataVersion, data,
				null);
	}

	public EventGridEvent withId(String id) {
		return new EventGridEvent(id, this.subject, this.eventType, this.eventTime, this.dataVersion, this.data,
				this.topic);
	}

	public EventGridEvent withEventTime(Instant eventTime) {
		return new EventGridEvent(this.id, this.subject, this.eventType, eventTime, this.dataVersion, this.data,
				this.topic);
	}

	public EventGridEvent withTopic(@Nullable String topic) {
		return new EventGridEvent(this.id, this.subject, this.eventType, this.eventTime, this.dataVersion, this.data,
				topic);
	}

	/**
	 * Return id, type and subject; never the data, which may be personal.
	 */
	@Override
	public String toString() {
		return "EventGridEvent[id=" + this.id + ", eventType=" + this.eventType + ", subject=" + this.subject + "]";
	}

}
