package dev.reactiveazure.eventgrid;

import dev.reactiveazure.core.pipeline.FastJson;
import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The data of an event could not be written when the event was published. Names the
 * event's type and id and the place in the data, never the data: a mapper's own messages
 * quote it, so that its exception is not the cause.
 *
 * @see EventDataWriter#deferred(Object)
 */
public final class UnwritableDataException extends IllegalArgumentException {

	private final String eventType;

	private final String eventId;

	UnwritableDataException(CloudEvent event, @Nullable Object value, JacksonException error) {
		super("Could not write " + className(value) + " as the data of event '" + event.getId() + "' of type '"
				+ event.getType() + "': " + FastJson.describe(error));
		this.eventType = event.getType();
		this.eventId = event.getId();
	}

	static String className(@Nullable Object value) {
		return (value != null) ? value.getClass().getName() : "null";
	}

	/**
	 * Return the type of the event.
	 * @return its {@code type} attribute
	 */
	public String eventType() {
		return this.eventType;
	}

	/**
	 * Return the id of the event.
	 * @return its {@code id} attribute
	 */
	public String eventId() {
		return this.eventId;
	}

}
