package dev.reactiveazure.autoconfigure;

/**
 * Changes auto-configured clients, of each connection, before they are built. Beans are
 * of the types that each client has; all of one type are called, in their order.
 *
 * @param <B> the type of the client's builder
 */
public interface ConnectionClientCustomizer<B> {

	/**
	 * Change the client.
	 * @param builder builds the client; connection details and properties have been
	 * applied to it
	 */
	void customize(B builder);

	/**
	 * Return whether to change the client of a connection.
	 * @param connection the connection's name, {@code default} for that without one
	 * @return {@code true} by default
	 */
	default boolean appliesTo(String connection) {
		return true;
	}

}
