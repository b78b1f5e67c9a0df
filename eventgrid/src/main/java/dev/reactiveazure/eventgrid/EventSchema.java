package dev.reactiveazure.eventgrid;

import dev.reactiveazure.core.pipeline.JsonWriter;

/**
 * The form in which a topic takes events: how one is written, and what names it in an
 * error. All else about publishing is the same for every form.
 *
 * @param <E> type of the events
 */
sealed interface EventSchema<E> permits CloudEventSchema, EventGridEventSchema, CustomEventSchema {

	/**
	 * Return the content type of an array of events.
	 */
	CharSequence batchType();

	/**
	 * Write an event as one JSON object.
	 * @param index its place in the request, from 0
	 * @throws IllegalArgumentException if the service would refuse it; the message names
	 * the event
	 */
	void write(E event, int index, JsonWriter out);

	/**
	 * Return what an error calls the event.
	 */
	String describe(E event, int index);

}
