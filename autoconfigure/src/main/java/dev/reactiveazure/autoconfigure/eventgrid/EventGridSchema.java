package dev.reactiveazure.autoconfigure.eventgrid;

/**
 * The input schema that a topic, domain or partner namespace of the Basic tier was
 * created with.
 */
public enum EventGridSchema {

	/** CloudEvents 1.0, published by an {@code EventGridPublisherClient}. */
	CLOUD_EVENTS,

	/**
	 * Event Grid's own schema, published by an
	 * {@code EventGridSchemaPublisher<EventGridEvent>}.
	 */
	EVENT_GRID,

	/**
	 * An input mapping of one's own, published by an
	 * {@code EventGridSchemaPublisher<Object>}.
	 */
	CUSTOM

}
