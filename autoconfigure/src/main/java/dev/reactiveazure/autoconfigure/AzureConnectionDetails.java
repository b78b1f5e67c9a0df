package dev.reactiveazure.autoconfigure;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Where a service of Azure is and what proves who is calling. Beans are of the types that
 * each service has.
 */
public interface AzureConnectionDetails extends ConnectionDetails {

	/**
	 * Return where the service is.
	 * @return the endpoint
	 */
	AzureEndpoint getEndpoint();

	/**
	 * Return what proves who is calling.
	 * @return a credential of a kind that the service takes
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
		return "a bean with connection details (" + getClass().getName() + ")";
	}

}
