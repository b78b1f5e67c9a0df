package dev.reactiveazure.eventgrid.template;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * An event in the making: {@code template.event(order).id(order.id()).publish("orders")}.
 * <p>
 * Not thread-safe. What is not given is a default when it is published: a new id, the
 * current time, the source of the application, the type of the payload's class.
 */
public final class OutgoingEvent {

	private final EventGridTemplate template;

	private final Object payload;

	private @Nullable String id;

	private @Nullable URI source;

	private @Nullable String type;

	private @Nullable String subject;

	private @Nullable Instant time;

	private @Nullable URI dataSchema;

	private final Map<String, Object> extensions = new LinkedHashMap<>();

	OutgoingEvent(EventGridTemplate template, Object payload) {
		this.template = template;
		this.payload = payload;
	}

	/**
	 * Give the id: the same id and source say that it is the same event.
	 * @param id the id, not empty
	 * @return this event
	 */
	public OutgoingEvent id(String id) {
		Assert.hasLength(id, "The event's id must not be empty");
		this.id = id;
		return this;
	}

	/**
	 * Give the source in place of the application's.
	 * @param source the source, not empty
	 * @return this event
	 */
	public OutgoingEvent source(URI source) {
		this.source = source;
		return this;
	}

	/**
	 * Give the type in place of the payload class's.
	 * @param type the type, not empty
	 * @return this event
	 */
	public OutgoingEvent type(String type) {
		Assert.hasLength(type, "The event's type must not be empty");
		this.type = type;
		return this;
	}

	/**
	 * Say what the event is about, within its source.
	 * @param subject the subject, not empty
	 * @return this event
	 */
	public OutgoingEvent subject(String subject) {
		this.subject = subject;
		return this;
	}

	/**
	 * Say when it happened, in place of the current time.
	 * @param time the time
	 * @return this event
	 */
	public OutgoingEvent time(Instant time) {
		this.time = time;
		return this;
	}

	/**
	 * Name the schema of the data.
	 * @param dataSchema an absolute URI
	 * @return this event
	 */
	public OutgoingEvent dataSchema(URI dataSchema) {
		this.dataSchema = dataSchema;
		return this;
	}

	/**
	 * Add an extension attribute.
	 * @param name lower-case ASCII letters and digits
	 * @param value a string, boolean, 32-bit integer, URI, {@code OffsetDateTime} or
	 * bytes
	 * @return this event
	 */
	public OutgoingEvent extension(String name, Object value) {
		this.extensions.put(name, value);
		return this;
	}

	/**
	 * Make the event without publishing it.
	 * @return the event
	 * @throws EventConversionException if the payload can't be written
	 * @throws IllegalArgumentException if an extension's name or value is not allowed
	 */
	public CloudEvent toCloudEvent() {
		return this.template.events().create(attributes(), this.payload);
	}

	/**
	 * Publish the event with the attributes that it has now.
	 * @param topic the name of the topic, not blank
	 * @return completes when the service has stored the event; fails as all methods of
	 * {@link EventGridOperations} do
	 */
	public Mono<Void> publish(String topic) {
		return this.template.publish(topic, attributes(), this.payload);
	}

	private EventAttributes attributes() {
		return new EventAttributes(this.id, this.source, this.type, this.subject, this.time, this.dataSchema,
				this.extensions);
	}

}
