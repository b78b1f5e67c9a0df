package dev.reactiveazure.autoconfigure.eventgrid;

import dev.reactiveazure.autoconfigure.InvalidAzurePropertyException;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import org.jspecify.annotations.Nullable;

/**
 * Connection details from the properties. Each value is checked here, so that a mistake
 * ends the start of the application and not its first request.
 */
record ConfiguredEventGridConnection(AzureEndpoint endpoint,
		AzureCredential credential) implements EventGridConnectionDetails {

	private static final String ENDPOINT = "azure.eventgrid.endpoint";

	private static final String ACCESS_KEY = "azure.eventgrid.access-key";

	/**
	 * Read the connection. An empty value counts as a mistake and not as absent: a
	 * variable that is empty in production must not lead to the emulator.
	 * @return the connection, or {@code null} if none of its properties is set
	 */
	static @Nullable ConfiguredEventGridConnection from(EventGridProperties properties) {
		String endpoint = properties.getEndpoint();
		String accessKey = properties.getAccessKey();
		if (endpoint == null && accessKey == null) {
			return null;
		}
		if (endpoint == null) {
			throw new InvalidAzurePropertyException(ENDPOINT, "it is missing, although '" + ACCESS_KEY + "' is set");
		}
		if (accessKey == null) {
			throw new InvalidAzurePropertyException(ACCESS_KEY, "it is missing, although '" + ENDPOINT + "' is set");
		}
		return new ConfiguredEventGridConnection(
				InvalidAzurePropertyException.naming(ENDPOINT, () -> namespace(endpoint)),
				InvalidAzurePropertyException.naming(ACCESS_KEY, () -> new AzureCredential.AccessKey(accessKey)));
	}

	// The client's builder knows what belongs to a Basic topic; the URL may hold its key.
	private static AzureEndpoint namespace(String endpoint) {
		EventGridNamespaceClient.builder().endpoint(endpoint);
		return new AzureEndpoint(endpoint);
	}

	@Override
	public AzureEndpoint getEndpoint() {
		return this.endpoint;
	}

	@Override
	public AzureCredential getCredential() {
		return this.credential;
	}

	@Override
	public String getDescription() {
		return "'" + ENDPOINT + "' and '" + ACCESS_KEY + "'";
	}

}
