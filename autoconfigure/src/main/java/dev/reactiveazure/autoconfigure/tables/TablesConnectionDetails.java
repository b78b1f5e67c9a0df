package dev.reactiveazure.autoconfigure.tables;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Where Azure Table storage is and what proves who is calling: the only source of both
 * for the auto-configured client.
 * <p>
 * A bean of this type replaces the properties {@code azure.tables.connection-string},
 * {@code endpoint}, {@code account-name}, {@code account-key} and {@code sas-token}, and
 * keeps the embedded emulator from starting.
 */
public interface TablesConnectionDetails extends ConnectionDetails {

	/**
	 * Return where the service is.
	 * @return the endpoint
	 */
	AzureEndpoint getEndpoint();

	/**
	 * Return what proves who is calling.
	 * @return an {@link AzureCredential.SharedKey} or an {@link AzureCredential.Sas}
	 */
	AzureCredential getCredential();

	/**
	 * Return how to trust the service's certificate.
	 * @return the bundle; {@code null}, the default, for the application's HTTP settings
	 */
	default @Nullable SslBundle getSslBundle() {
		return null;
	}

	/**
	 * Return what the details come from, for error messages.
	 * @return words that name properties or a bean, and no secret
	 */
	default String getDescription() {
		return "a " + TablesConnectionDetails.class.getSimpleName() + " bean (" + getClass().getName() + ")";
	}

}
