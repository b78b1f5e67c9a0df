package dev.reactiveazure.autoconfigure.eventgrid;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Where an Event Grid namespace is and what proves who is calling: the only source of
 * both for the auto-configured client.
 * <p>
 * A bean of this type replaces the properties {@code azure.eventgrid.endpoint} and
 * {@code azure.eventgrid.access-key}, and keeps the embedded emulator from starting.
 */
public interface EventGridConnectionDetails extends ConnectionDetails {

	/**
	 * Return where the namespace is.
	 * @return the endpoint
	 */
	AzureEndpoint getEndpoint();

	/**
	 * Return what proves who is calling.
	 * @return an {@link AzureCredential.AccessKey}
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
		return "a " + EventGridConnectionDetails.class.getSimpleName() + " bean (" + getClass().getName() + ")";
	}

}
