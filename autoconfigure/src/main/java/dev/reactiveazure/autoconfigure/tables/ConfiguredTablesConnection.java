package dev.reactiveazure.autoconfigure.tables;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.reactiveazure.autoconfigure.ConfiguredConnection;
import dev.reactiveazure.autoconfigure.ConfiguredSecret;
import dev.reactiveazure.autoconfigure.EntraCredentials;
import dev.reactiveazure.autoconfigure.InvalidAzurePropertyException;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.RotatingCredential;
import dev.reactiveazure.tables.ConnectionString;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;

/**
 * Connection details from the properties. Each value is checked here, so that a mistake
 * ends the start of the application and not its first request.
 */
record ConfiguredTablesConnection(AzureEndpoint endpoint, AzureCredential credential,
		@Nullable AzureEndpoint secondaryEndpoint, String description,
		boolean credentialInFile) implements TablesConnectionDetails, ConfiguredConnection<TablesConnectionDetails> {

	/**
	 * Read the connection. An empty value counts as a mistake and not as absent: a
	 * variable that is empty in production must not lead to the emulator.
	 * @param prefix the prefix of its properties, without a dot at its end
	 * @return the connection, or {@code null} if none of its properties is set
	 */
	static @Nullable ConfiguredTablesConnection from(String prefix, TablesConnectionProperties properties,
			EntraCredentials entra) {
		return new Reader(prefix + ".", prefix, properties, entra).read();
	}

	@Override
	public TablesConnectionDetails details() {
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
	public @Nullable AzureEndpoint getSecondaryEndpoint() {
		return this.secondaryEndpoint;
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
	private record Reader(String name, String prefix, TablesConnectionProperties properties, EntraCredentials entra) {

		private static final String CONNECTION_STRING = "connection-string";

		private static final String ENDPOINT = "endpoint";

		private static final String ACCOUNT_NAME = "account-name";

		private static final String ACCOUNT_KEY = "account-key";

		private static final String SAS_TOKEN = "sas-token";

		private static final String ENTRA = "entra.credential";

		private static final String STORAGE_HOST = "https?://(?<account>[a-z0-9]+)(-secondary)?\\.(privatelink\\.)?"
				+ "(?<service>table|blob|queue|file|dfs|web)\\.core\\..*";

		@Nullable ConfiguredTablesConnection read() {
			Map<String, @Nullable Object> parts = parts();
			String connectionString = this.properties.getConnectionString();
			if (connectionString != null) {
				for (Map.Entry<String, @Nullable Object> part : parts.entrySet()) {
					if (part.getValue() != null) {
						throw exclusive(CONNECTION_STRING, part.getKey());
					}
				}
				return ofConnectionString(connectionString);
			}
			for (Object part : parts.values()) {
				if (part != null) {
					return ofParts();
				}
			}
			return null;
		}

		private Map<String, @Nullable Object> parts() {
			Map<String, @Nullable Object> parts = new LinkedHashMap<>();
			parts.put(ENDPOINT, this.properties.getEndpoint());
			parts.put(ACCOUNT_NAME, this.properties.getAccountName());
			parts.put(ACCOUNT_KEY, this.properties.getAccountKey());
			parts.put(ACCOUNT_KEY + "-file", this.properties.getAccountKeyFile());
			parts.put(SAS_TOKEN, this.properties.getSasToken());
			parts.put(SAS_TOKEN + "-file", this.properties.getSasTokenFile());
			parts.put(ENTRA, this.properties.getEntra().getCredential());
			return parts;
		}

		private MutuallyExclusiveConfigurationPropertiesException exclusive(String one, String other) {
			List<String> both = List.of(this.name + one, this.name + other);
			return new MutuallyExclusiveConfigurationPropertiesException(both, both);
		}

		private ConfiguredTablesConnection ofConnectionString(String text) {
			ConnectionString parsed = InvalidAzurePropertyException.naming(this.name + CONNECTION_STRING,
					() -> ConnectionString
						.parse(ConfiguredSecret.requireResolved(this.name + CONNECTION_STRING, text)));
			AzureEndpoint secondary = secondaryEndpoint();
			return new ConfiguredTablesConnection(parsed.endpoint(), rotating(parsed.credential()),
					(secondary != null) ? secondary : parsed.secondaryEndpoint(),
					"'" + this.name + CONNECTION_STRING + "'", isSecondInFile());
		}

		private ConfiguredTablesConnection ofParts() {
			AzureEndpoint endpoint = endpoint();
			ConfiguredSecret key = secret(ACCOUNT_KEY, this.properties.getAccountKey(),
					this.properties.getAccountKeyFile());
			ConfiguredSecret sas = secret(SAS_TOKEN, this.properties.getSasToken(), this.properties.getSasTokenFile());
			AzureCredential token = this.entra.configured(this.prefix, this.properties.getEntra());
			refuseMore(key, sas);
			String where = "'" + this.name + ((this.properties.getEndpoint() != null) ? ENDPOINT : ACCOUNT_NAME) + "'";
			ConfiguredSecret secret = (key != null) ? key : sas;
			if (secret != null) {
				AzureCredential first = (key != null) ? sharedKey(key) : sas(secret);
				return new ConfiguredTablesConnection(endpoint, rotating(first), secondaryEndpoint(),
						where + " and '" + secret.property() + "'", secret.inFile() || isSecondInFile());
			}
			return ofToken(endpoint, where, token);
		}

		private void refuseMore(@Nullable ConfiguredSecret key, @Nullable ConfiguredSecret sas) {
			MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleNonNullValuesIn((entries) -> {
				entries.put((key != null) ? key.property() : this.name + ACCOUNT_KEY, key);
				entries.put((sas != null) ? sas.property() : this.name + SAS_TOKEN, sas);
				entries.put(this.name + ENTRA, this.properties.getEntra().getCredential());
			});
		}

		private ConfiguredTablesConnection ofToken(AzureEndpoint endpoint, String where,
				@Nullable AzureCredential token) {
			if (token != null) {
				return new ConfiguredTablesConnection(endpoint, token, secondaryEndpoint(),
						where + " and '" + this.name + ENTRA + "'", false);
			}
			AzureCredential ofBean = this.entra.ofBean();
			if (ofBean == null) {
				throw new InvalidAzurePropertyException(this.name + ACCOUNT_KEY,
						"it is missing: an account is configured, but neither its key nor '" + this.name + SAS_TOKEN
								+ "' nor '" + this.name + ENTRA + "'");
			}
			return new ConfiguredTablesConnection(endpoint, ofBean, secondaryEndpoint(),
					where + " and a bean that gives tokens", false);
		}

		private AzureEndpoint endpoint() {
			String endpoint = this.properties.getEndpoint();
			if (endpoint != null) {
				return InvalidAzurePropertyException.naming(this.name + ENDPOINT, () -> ofTables(endpoint));
			}
			String account = accountName();
			if (account == null) {
				throw new InvalidAzurePropertyException(this.name + ENDPOINT,
						"it is missing: a credential is configured, but neither an endpoint nor '" + this.name
								+ ACCOUNT_NAME + "'");
			}
			return InvalidAzurePropertyException.naming(this.name + ACCOUNT_NAME,
					() -> new AzureEndpoint("https://" + requireAccountName(account) + ".table.core.windows.net"));
		}

		private AzureEndpoint ofTables(String endpoint) {
			AzureEndpoint address = new AzureEndpoint(endpoint);
			Matcher host = Pattern.compile(STORAGE_HOST).matcher(address.address());
			if (!host.matches()) {
				return address;
			}
			String service = host.group("service");
			if (!"table".equals(service)) {
				throw new IllegalArgumentException(
						"it is the address of the account's " + service + " service; that of its tables has '.table.'");
			}
			String account = accountName();
			// Only a key is signed with the name: others may have it in common
			// properties.
			if (signsWithKey() && account != null && !account.equals(host.group("account"))) {
				throw new IllegalArgumentException("it is the address of account '" + host.group("account") + "', but '"
						+ this.name + ACCOUNT_NAME + "' is another");
			}
			return address;
		}

		private boolean signsWithKey() {
			return this.properties.getAccountKey() != null || this.properties.getAccountKeyFile() != null;
		}

		private @Nullable String accountName() {
			String account = this.properties.getAccountName();
			return (account != null) ? ConfiguredSecret.requireResolved(this.name + ACCOUNT_NAME, account.trim())
					: null;
		}

		private String requireAccountName(String account) {
			if (!account.matches("[a-z0-9]{3,24}")) {
				throw new IllegalArgumentException(
						"an account name has 3 to 24 lower-case letters and digits; for another service, set '"
								+ this.name + ENDPOINT + "'");
			}
			return account;
		}

		private @Nullable AzureEndpoint secondaryEndpoint() {
			String secondary = this.properties.getSecondaryEndpoint();
			return (secondary != null) ? InvalidAzurePropertyException.naming(this.name + "secondary-endpoint",
					() -> new AzureEndpoint(secondary)) : null;
		}

		private @Nullable ConfiguredSecret secret(String property, @Nullable String value, @Nullable String file) {
			return ConfiguredSecret.of(this.name + property, value, file);
		}

		private AzureCredential sas(ConfiguredSecret sas) {
			return InvalidAzurePropertyException.naming(sas.property(), () -> new AzureCredential.Sas(sas.value()));
		}

		private AzureCredential sharedKey(ConfiguredSecret key) {
			String account = accountName();
			if (account == null || account.isEmpty()) {
				throw new InvalidAzurePropertyException(this.name + ACCOUNT_NAME,
						"it is missing: '" + key.property() + "' needs it");
			}
			return sharedKey(account, key);
		}

		private static AzureCredential sharedKey(String account, ConfiguredSecret key) {
			return InvalidAzurePropertyException.naming(key.property(),
					() -> new AzureCredential.SharedKey(account, key.value()));
		}

		private boolean isSecondInFile() {
			return this.properties.getSecondaryAccountKeyFile() != null;
		}

		private RotatingCredential rotating(AzureCredential first) {
			ConfiguredSecret second = secret("secondary-account-key", this.properties.getSecondaryAccountKey(),
					this.properties.getSecondaryAccountKeyFile());
			if (second == null) {
				return RotatingCredential.of(first, null);
			}
			if (!(first instanceof AzureCredential.SharedKey key)) {
				throw new InvalidAzurePropertyException(second.property(),
						"there is no other account key that it could be the second of");
			}
			return RotatingCredential.of(first, sharedKey(key.accountName(), second));
		}

	}

}
