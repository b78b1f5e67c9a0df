package dev.reactiveazure.autoconfigure.eventgrid;

import dev.reactiveazure.autoconfigure.ConfiguredConnection;
import dev.reactiveazure.autoconfigure.ConfiguredSecret;
import dev.reactiveazure.autoconfigure.EntraCredentials;
import dev.reactiveazure.autoconfigure.InvalidAzurePropertyException;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.RotatingCredential;
import dev.reactiveazure.eventgrid.EventGridBasicClient;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;

/**
 * Connection details from the properties. Each value is checked here, so that a mistake
 * ends the start of the application and not its first request.
 */
record ConfiguredEventGridConnection(AzureEndpoint endpoint, AzureCredential credential, String description,
		boolean credentialInFile)
		implements
			EventGridConnectionDetails,
			ConfiguredConnection<EventGridConnectionDetails> {

	/**
	 * Read the connection. An empty value counts as a mistake and not as absent: a
	 * variable that is empty in production must not lead to the emulator.
	 * @param prefix the prefix of its properties, without a dot at its end
	 * @return the connection, or {@code null} if none of its properties is set
	 */
	static @Nullable ConfiguredEventGridConnection from(String prefix, EventGridConnectionProperties properties,
			EntraCredentials entra) {
		return new Reader(prefix + ".", prefix, properties, entra).read();
	}

	@Override
	public EventGridConnectionDetails details() {
		return this;
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
		return this.description;
	}

	/**
	 * Reads one connection.
	 *
	 * @param name what names of properties begin with, a dot at its end included
	 */
	private record Reader(String name, String prefix, EventGridConnectionProperties properties,
			EntraCredentials entra) {

		private static final String ENDPOINT = "endpoint";

		private static final String ACCESS_KEY = "access-key";

		private static final String SAS_TOKEN = "sas-token";

		private static final String ENTRA = "entra.credential";

		@Nullable ConfiguredEventGridConnection read() {
			ConfiguredSecret key = secret(ACCESS_KEY, this.properties.getAccessKey(),
					this.properties.getAccessKeyFile());
			ConfiguredSecret sas = secret(SAS_TOKEN, this.properties.getSasToken(), this.properties.getSasTokenFile());
			AzureCredential token = this.entra.configured(this.prefix, this.properties.getEntra());
			String endpoint = this.properties.getEndpoint();
			if (endpoint == null && key == null && sas == null && token == null) {
				return null;
			}
			refuseMore(key, sas);
			ConfiguredSecret secret = (key != null) ? key : sas;
			String given = (secret != null) ? secret.property() : this.name + ENTRA;
			if (endpoint == null) {
				throw new InvalidAzurePropertyException(this.name + ENDPOINT,
						"it is missing, although '" + given + "' is set");
			}
			AzureEndpoint address = InvalidAzurePropertyException.naming(this.name + ENDPOINT, () -> address(endpoint));
			String where = "'" + this.name + ENDPOINT + "' and ";
			if (secret != null) {
				return new ConfiguredEventGridConnection(address,
						rotating((key != null) ? accessKey(key) : sas(secret)), where + "'" + given + "'",
						secret.inFile() || this.properties.getSecondaryAccessKeyFile() != null);
			}
			return ofToken(address, where, token);
		}

		private void refuseMore(@Nullable ConfiguredSecret key, @Nullable ConfiguredSecret sas) {
			boolean secret = key != null || sas != null;
			boolean both = key != null && sas != null;
			if (!both && !(secret && this.properties.getEntra().getCredential() != null)) {
				return;
			}
			MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleNonNullValuesIn((entries) -> {
				entries.put((key != null) ? key.property() : this.name + ACCESS_KEY, key);
				entries.put((sas != null) ? sas.property() : this.name + SAS_TOKEN, sas);
				entries.put(this.name + ENTRA, this.properties.getEntra().getCredential());
			});
		}

		private ConfiguredEventGridConnection ofToken(AzureEndpoint address, String where,
				@Nullable AzureCredential token) {
			if (token != null) {
				return new ConfiguredEventGridConnection(address, token, where + "'" + this.name + ENTRA + "'", false);
			}
			AzureCredential ofBean = this.entra.ofBean();
			if (ofBean == null) {
				throw new InvalidAzurePropertyException(this.name + ACCESS_KEY, "it is missing, although '" + this.name
						+ ENDPOINT + "' is set; instead of it, '" + this.name + ENTRA + "' can be");
			}
			return new ConfiguredEventGridConnection(address, ofBean, where + "a bean that gives tokens", false);
		}

		// The client's builder knows what belongs to which tier; the URL may hold its
		// key.
		private AzureEndpoint address(String endpoint) {
			if (this.properties.getKind().isBasic()) {
				EventGridBasicClient.builder().endpoint(endpoint);
			}
			else {
				EventGridNamespaceClient.builder().endpoint(endpoint);
			}
			return new AzureEndpoint(endpoint);
		}

		private @Nullable ConfiguredSecret secret(String property, @Nullable String value, @Nullable String file) {
			return ConfiguredSecret.of(this.name + property, value, file);
		}

		private static AzureCredential accessKey(ConfiguredSecret key) {
			return InvalidAzurePropertyException.naming(key.property(),
					() -> new AzureCredential.AccessKey(key.value()));
		}

		private AzureCredential sas(ConfiguredSecret sas) {
			return InvalidAzurePropertyException.naming(sas.property(), () -> {
				AzureCredential credential = new AzureCredential.Sas(sas.value());
				if (this.properties.getKind().isBasic()) {
					EventGridBasicClient.builder().credential(credential);
				}
				else {
					EventGridNamespaceClient.builder().credential(credential);
				}
				return credential;
			});
		}

		private RotatingCredential rotating(AzureCredential first) {
			ConfiguredSecret second = secret("secondary-access-key", this.properties.getSecondaryAccessKey(),
					this.properties.getSecondaryAccessKeyFile());
			if (second == null) {
				return RotatingCredential.of(first, null);
			}
			if (!(first instanceof AzureCredential.AccessKey)) {
				throw new InvalidAzurePropertyException(second.property(),
						"there is no other access key that it could be the second of");
			}
			return RotatingCredential.of(first, accessKey(second));
		}

	}

}
