package dev.reactiveazure.autoconfigure.tables.compose;

import dev.reactiveazure.autoconfigure.tables.TablesConnectionDetails;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.tables.ConnectionString;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.boot.ssl.SslBundle;

/**
 * Connects to the tables of a Compose service with the image
 * {@code azure-storage/azurite}, or with that name in the label
 * {@code org.springframework.boot.service-connection}. The table service is expected at
 * the container's port 10002, the account in its variable {@code AZURITE_ACCOUNTS}.
 */
final class AzuriteComposeConnectionDetailsFactory
		extends DockerComposeConnectionDetailsFactory<TablesConnectionDetails> {

	private static final String IMAGE = "azure-storage/azurite";

	private static final int PORT = 10002;

	AzuriteComposeConnectionDetailsFactory() {
		super(IMAGE);
	}

	@Override
	protected TablesConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
		return new AzuriteConnectionDetails(source.getRunningService());
	}

	private static final class AzuriteConnectionDetails extends DockerComposeConnectionDetails
			implements TablesConnectionDetails {

		private final AzureEndpoint endpoint;

		private final AzureCredential.SharedKey credential;

		private final @Nullable SslBundle sslBundle;

		private final String description;

		AzuriteConnectionDetails(RunningService service) {
			super(service);
			this.credential = account(service.env().get("AZURITE_ACCOUNTS"));
			this.sslBundle = getSslBundle(service);
			String scheme = (this.sslBundle != null) ? "https" : "http";
			this.endpoint = new AzureEndpoint(scheme + "://" + service.host() + ":" + service.ports().get(PORT) + "/"
					+ this.credential.accountName());
			this.description = "the service '" + service.name() + "' of Docker Compose";
		}

		/**
		 * Return the first account of {@code name:key[:key];name:key…}, or Azurite's own.
		 */
		private static AzureCredential.SharedKey account(@Nullable String accounts) {
			if (accounts == null || accounts.isBlank()) {
				return (AzureCredential.SharedKey) ConnectionString.parse("UseDevelopmentStorage=true").credential();
			}
			String[] parts = accounts.trim().split(";", 2)[0].split(":");
			if (parts.length < 2) {
				throw new IllegalStateException(
						"The variable AZURITE_ACCOUNTS of the Compose service is not of the form 'name:key'");
			}
			return new AzureCredential.SharedKey(parts[0], parts[1]);
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
		public @Nullable SslBundle getSslBundle() {
			return this.sslBundle;
		}

		@Override
		public String getDescription() {
			return this.description;
		}

	}

}
