package dev.reactiveazure.autoconfigure;

import dev.reactiveazure.core.AzureCredential;

/**
 * What properties say about a connection.
 *
 * @param <D> the type of the connection's details
 */
public interface ConfiguredConnection<D extends AzureConnectionDetails> {

	/**
	 * Return the connection's details.
	 * @return where the service is and what proves who is calling
	 */
	D details();

	/**
	 * Return what proves who is calling.
	 * @return the credential of the details
	 */
	AzureCredential credential();

	/**
	 * Return whether a part of the credential comes from a file, which is to be read
	 * again from time to time.
	 * @return {@code false} if all of it is in properties
	 */
	boolean credentialInFile();

}
