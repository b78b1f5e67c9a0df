package dev.reactiveazure.autoconfigure.eventgrid;

import dev.reactiveazure.autoconfigure.ConnectionClientCustomizer;
import dev.reactiveazure.eventgrid.EventGridBasicClient;

/**
 * Changes auto-configured clients of the Basic tier, of each connection, before they are
 * built. All beans of this type are called, in their order.
 */
@FunctionalInterface
public interface EventGridBasicClientCustomizer extends ConnectionClientCustomizer<EventGridBasicClient.Builder> {

}
