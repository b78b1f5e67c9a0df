package dev.reactiveazure.autoconfigure.eventgrid;

import dev.reactiveazure.eventgrid.listener.EventGridListenerContainerFactory;

/**
 * Changes the auto-configured container factory before it is built. All beans of this
 * type are called, in their order.
 */
@FunctionalInterface
public interface EventGridListenerContainerFactoryCustomizer {

	/**
	 * Change the factory.
	 * @param builder builds the factory; properties and the user's beans have been
	 * applied to it
	 */
	void customize(EventGridListenerContainerFactory.Builder builder);

}
