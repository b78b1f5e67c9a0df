package dev.reactiveazure.eventgrid.listener;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Gives the value of one parameter of a listener method.
 */
@FunctionalInterface
interface EventArgument {

	/**
	 * Resolve the value for an event.
	 * @throws RuntimeException if the event does not have it
	 */
	@Nullable Object resolve(ReceivedEvent.Valid event);

}
