package dev.reactiveazure.autoconfigure.tables.testcontainers;

import dev.reactiveazure.autoconfigure.tables.TablesConnectionDetails;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.tables.ConnectionString;
import org.jspecify.annotations.Nullable;
import org.testcontainers.azure.AzuriteContainer;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;

/**
 * Connects to the tables of an {@link AzuriteContainer} that is annotated with
 * {@link ServiceConnection @ServiceConnection}.
 */
final class AzuriteContainerConnectionDetailsFactory
		extends ContainerConnectionDetailsFactory<AzuriteContainer, TablesConnectionDetails> {

	AzuriteContainerConnectionDetailsFactory() {
		super(ANY_CONNECTION_NAME);
	}

	@Override
	protected TablesConnectionDetails getContainerConnectionDetails(
			ContainerConnectionSource<AzuriteContainer> source) {
		return new AzuriteConnectionDetails(source);
	}

	/**
	 * Asks the container when it is asked: its port is known once it runs.
	 */
	private static final class AzuriteConnectionDetails extends ContainerConnectionDetails<AzuriteContainer>
			implements TablesConnectionDetails {

		AzuriteConnectionDetails(ContainerConnectionSource<AzuriteContainer> source) {
			super(source);
		}

		@Override
		public AzureEndpoint getEndpoint() {
			return connectionString().endpoint();
		}

		@Override
		public AzureCredential getCredential() {
			return connectionString().credential();
		}

		@Override
		public @Nullable SslBundle getSslBundle() {
			return super.getSslBundle();
		}

		@Override
		public String getDescription() {
			return "a @ServiceConnection to the container " + getContainer().getDockerImageName();
		}

		private ConnectionString connectionString() {
			return ConnectionString.parse(getContainer().getConnectionString());
		}

	}

}
