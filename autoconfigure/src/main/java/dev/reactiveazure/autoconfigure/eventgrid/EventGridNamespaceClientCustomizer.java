package dev.reactiveazure.autoconfigure.eventgrid;

import dev.reactiveazure.autoconfigure.ConnectionClientCustomizer;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;

/**
 * Changes auto-configured clients of namespaces, of each connection, before they are
 * built. All beans of this type are called, in their order.
 */
@FunctionalInterface
public interface EventGridNamespaceClientCustomizer
		extends ConnectionClientCustomizer<EventGridNamespaceClient.Builder> {

}
