package dev.reactiveazure.autoconfigure.tables;

import java.util.List;

import dev.reactiveazure.autoconfigure.InvalidAzurePropertyException;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.tables.ConnectionString;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;

/**
 * Connection details from the properties. Each value is checked here, so that a mistake
 * ends the start of the application and not its first request.
 */
record ConfiguredTablesConnection(AzureEndpoint endpoint, AzureCredential credential,
		String description) implements TablesConnectionDetails {

	private static final String PREFIX = "azure.tables.";

	private static final String CONNECTION_STRING = PREFIX + "connection-string";

	private static final String ENDPOINT = PREFIX + "endpoint";

	private static final String ACCOUNT_NAME = PREFIX + "account-name";

	private static final String ACCOUNT_KEY = PREFIX + "account-key";

	private static final String SAS_TOKEN = PREFIX + "sas-token";

	/**
	 * Read the connection. An empty value counts as a mistake and not as absent: a
	 * variable that is empty in production must not lead to the emulator.
	 * @return the connection, or {@code null} if none of its properties is set
	 */
	static @Nullable ConfiguredTablesConnection from(TablesProperties properties) {
		String connectionString = properties.getConnectionString();
		if (connectionString != null) {
			refuseBoth(CONNECTION_STRING, connectionString, ENDPOINT, properties.getEndpoint());
			refuseBoth(CONNECTION_STRING, connectionString, ACCOUNT_NAME, properties.getAccountName());
			refuseBoth(CONNECTION_STRING, connectionString, ACCOUNT_KEY, properties.getAccountKey());
			refuseBoth(CONNECTION_STRING, connectionString, SAS_TOKEN, properties.getSasToken());
			return ofConnectionString(connectionString);
		}
		if (List
			.of(properties.getEndpoint() != null, properties.getAccountName() != null,
					properties.getAccountKey() != null, properties.getSasToken() != null)
			.contains(true)) {
			return ofParts(properties);
		}
		return null;
	}

	private static void refuseBoth(String oneName, @Nullable Object one, String otherName, @Nullable Object other) {
		MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleNonNullValuesIn((entries) -> {
			entries.put(oneName, one);
			entries.put(otherName, other);
		});
	}

	private static ConfiguredTablesConnection ofConnectionString(String text) {
		ConnectionString parsed = InvalidAzurePropertyException.naming(CONNECTION_STRING,
				() -> ConnectionString.parse(text));
		return new ConfiguredTablesConnection(parsed.endpoint(), parsed.credential(), "'" + CONNECTION_STRING + "'");
	}

	private static ConfiguredTablesConnection ofParts(TablesProperties properties) {
		refuseBoth(ACCOUNT_KEY, properties.getAccountKey(), SAS_TOKEN, properties.getSasToken());
		return new ConfiguredTablesConnection(endpoint(properties), credential(properties), describe(properties));
	}

	private static AzureEndpoint endpoint(TablesProperties properties) {
		String endpoint = properties.getEndpoint();
		if (endpoint != null) {
			return InvalidAzurePropertyException.naming(ENDPOINT, () -> new AzureEndpoint(endpoint));
		}
		String account = properties.getAccountName();
		if (account == null) {
			throw new InvalidAzurePropertyException(ENDPOINT,
					"it is missing: a credential is configured, but neither an endpoint nor '" + ACCOUNT_NAME + "'");
		}
		return InvalidAzurePropertyException.naming(ACCOUNT_NAME,
				() -> new AzureEndpoint("https://" + requireAccountName(account) + ".table.core.windows.net"));
	}

	private static String requireAccountName(String account) {
		if (!account.matches("[a-z0-9]{3,24}")) {
			throw new IllegalArgumentException(
					"an account name has 3 to 24 lower-case letters and digits; for another service, set '" + ENDPOINT
							+ "'");
		}
		return account;
	}

	private static AzureCredential credential(TablesProperties properties) {
		String sas = properties.getSasToken();
		if (sas != null) {
			return InvalidAzurePropertyException.naming(SAS_TOKEN, () -> new AzureCredential.Sas(sas));
		}
		String key = properties.getAccountKey();
		if (key == null) {
			throw new InvalidAzurePropertyException(ACCOUNT_KEY,
					"it is missing: an account is configured, but neither" + " its key nor '" + SAS_TOKEN + "'");
		}
		String account = properties.getAccountName();
		if (account == null || account.isBlank()) {
			throw new InvalidAzurePropertyException(ACCOUNT_NAME, "it is missing: '" + ACCOUNT_KEY + "' needs it");
		}
		return InvalidAzurePropertyException.naming(ACCOUNT_KEY, () -> new AzureCredential.SharedKey(account, key));
	}

	private static String describe(TablesProperties properties) {
		String where = "'" + ((properties.getEndpoint() != null) ? ENDPOINT : ACCOUNT_NAME) + "'";
		return where + " and '" + ((properties.getSasToken() != null) ? SAS_TOKEN : ACCOUNT_KEY) + "'";
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

}
