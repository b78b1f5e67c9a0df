package dev.reactiveazure.autoconfigure.tables;

import dev.reactiveazure.autoconfigure.ConnectionClientCustomizer;
import dev.reactiveazure.tables.TableServiceClient;

/**
 * Changes auto-configured clients, of each connection, before they are built. All beans
 * of this type are called, in their order.
 */
@FunctionalInterface
public interface TableServiceClientCustomizer extends ConnectionClientCustomizer<TableServiceClient.Builder> {

}
