package dev.reactiveazure.autoconfigure.eventgrid;

import dev.reactiveazure.eventgrid.EventGridNamespaceClient;

/**
 * Changes the auto-configured client before it is built. All beans of this type are
 * called, in their order.
 */
@FunctionalInterface
public interface EventGridNamespaceClientCustomizer {

	/**
	 * Change the client.
	 * @param builder builds the client; connection details and properties have been
	 * applied to it
	 */
	void customize(EventGridNamespaceClient.Builder builder);

}
