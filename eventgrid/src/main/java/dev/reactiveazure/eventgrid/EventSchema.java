package dev.reactiveazure.eventgrid;

import dev.reactiveazure.core.pipeline.JsonWriter;
import org.jspecify.annotations.Nullable;

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
	 * Write an event with the trace of its publication, where the form knows traces.
	 * @param trace the trace; {@code null} for none
	 * @throws IllegalArgumentException as by the other method
	 */
	default void write(E event, int index, @Nullable TraceMembers trace, JsonWriter out) {
		write(event, index, out);
	}

	/**
	 * Return whether the trace of its publication may be added to an event.
	 */
	default boolean isTraceable(E event) {
		return false;
	}

	/**
	 * Return the event's id; {@code null} where the form has none.
	 */
	default @Nullable String id(E event) {
		return null;
	}

	/**
	 * Return what an error calls the event.
	 */
	String describe(E event, int index);

}
