package dev.reactiveazure.eventgrid.listener.method;

import dev.reactiveazure.eventgrid.listener.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * Gives the value of one parameter of a listener method.
 */
@FunctionalInterface
interface EventArgument {

	/**
	 * Resolve the value for a delivery.
	 * @throws RuntimeException if its event does not have it
	 */
	@Nullable Object resolve(Delivery delivery);

}
