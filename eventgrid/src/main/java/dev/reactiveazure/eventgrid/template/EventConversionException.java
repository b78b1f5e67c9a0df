package dev.reactiveazure.eventgrid.template;

import java.lang.reflect.Type;

import dev.reactiveazure.core.pipeline.FastJson;
import dev.reactiveazure.eventgrid.UnwritableDataException;
import io.cloudevents.CloudEvent;
import tools.jackson.core.JacksonException;

/**
 * The data of an event could not be converted. Names the event's type and id and the
 * place in the data, never the data: a mapper's own messages quote it, so that its
 * exception is not the cause.
 */
public final class EventConversionException extends RuntimeException {

	private static final String UNKNOWN = "unknown";

	private final String eventType;

	private final String eventId;

	private EventConversionException(String message, String eventType, String eventId) {
		super(message);
		this.eventType = eventType;
		this.eventId = eventId;
	}

	static EventConversionException writing(Class<?> payloadClass, String eventType, String eventId,
			JacksonException error) {
		return new EventConversionException("Could not write " + payloadClass.getName() + " as the data of event '"
				+ eventId + "' of type '" + eventType + "': " + FastJson.describe(error), eventType, eventId);
	}

	static EventConversionException writing(UnwritableDataException error) {
		return new EventConversionException(String.valueOf(error.getMessage()), error.eventType(), error.eventId());
	}

	static EventConversionException reading(CloudEvent event, Type target, String reason) {
		return new EventConversionException("Could not read the data of event '" + event.getId() + "' of type '"
				+ event.getType() + "' as " + target.getTypeName() + ": " + reason, event.getType(), event.getId());
	}

	static EventConversionException malformed(String reason) {
		return new EventConversionException("A received event is no CloudEvent: " + reason, UNKNOWN, UNKNOWN);
	}

	/**
	 * Return the type of the event.
	 * @return its {@code type} attribute, {@code unknown} where it could not be read
	 */
	public String eventType() {
		return this.eventType;
	}

	/**
	 * Return the id of the event.
	 * @return its {@code id} attribute, {@code unknown} where it could not be read
	 */
	public String eventId() {
		return this.eventId;
	}

}
