package dev.reactiveazure.autoconfigure.tables;

import dev.reactiveazure.tables.TableServiceClient;

/**
 * Changes auto-configured clients, of each connection, before they are built. All beans
 * of this type are called, in their order.
 */
@FunctionalInterface
public interface TableServiceClientCustomizer {

	/**
	 * Change the client.
	 * @param builder builds the client; connection details and properties have been
	 * applied to it
	 */
	void customize(TableServiceClient.Builder builder);

	/**
	 * Return whether to change the client of a connection.
	 * @param connection the connection's name, {@code default} for that without one
	 * @return {@code true} by default
	 */
	default boolean appliesTo(String connection) {
		return true;
	}

}
