package dev.reactiveazure.autoconfigure.tables;

import dev.reactiveazure.tables.TableServiceClient;

/**
 * Changes the auto-configured client before it is built. All beans of this type are
 * called, in their order.
 */
@FunctionalInterface
public interface TableServiceClientCustomizer {

	/**
	 * Change the client.
	 * @param builder builds the client; connection details and properties have been
	 * applied to it
	 */
	void customize(TableServiceClient.Builder builder);

}
