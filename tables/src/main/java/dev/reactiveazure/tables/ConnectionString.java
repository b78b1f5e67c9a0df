package dev.reactiveazure.tables;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * What a storage account's connection string says: {@code name=value} pairs, separated by
 * semicolons, names in any case and unknown ones passed over.
 *
 * @param endpoint the service's address
 * @param credential the account's key or a shared access signature
 * @param secondaryEndpoint where a geo-redundant account is read in its second region;
 * {@code null} where the string does not say
 * @see <a href=
 * "https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string">Configure
 * Azure Storage connection strings</a>
 */
public record ConnectionString(AzureEndpoint endpoint, AzureCredential credential,
		@Nullable AzureEndpoint secondaryEndpoint) {

	private static final String DEVELOPMENT_ACCOUNT = "devstoreaccount1";

	/** Published for every emulator; no secret. */
	private static final String DEVELOPMENT_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/"
			+ "K1SZFPTOtr/KBHBeksoGMGw==";

	private static final String DEVELOPMENT = "UseDevelopmentStorage";

	private static final String DEVELOPMENT_PROXY = "DevelopmentStorageProxyUri";

	private static final Set<String> CREDENTIALS = Set.of("AccountKey", "SharedAccessSignature");

	private static final Set<String> KNOWN = caseInsensitive(DEVELOPMENT, DEVELOPMENT_PROXY, "DefaultEndpointsProtocol",
			"AccountName", "AccountKey", "SharedAccessSignature", "EndpointSuffix", "TableEndpoint",
			"TableSecondaryEndpoint", "BlobEndpoint", "QueueEndpoint", "FileEndpoint");

	private static final String SECONDARY = "-secondary";

	private static final String DEFAULT_SUFFIX = "core.windows.net";

	/** Accounts of Cosmos DB may have hyphens. */
	private static final String ACCOUNT_NAME = "[A-Za-z0-9-]+";

	private static final String HOST = "[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*(:\\d+)?";

	/** Any path or port of its own would stand in the way of the service's. */
	private static final String PROXY = "(?i)https?://[^:/]+";

	/**
	 * Parse a connection string.
	 * @throws IllegalArgumentException if a part is missing or malformed; the message
	 * names the part and shows no value that may be secret
	 */
	public static ConnectionString parse(String text) {
		Map<String, String> parts = split(text);
		if (parts.containsKey(DEVELOPMENT)) {
			return development(parts);
		}
		refuseOthers(parts);
		AzureCredential credential = credential(parts);
		return new ConnectionString(endpoint(parts), credential, secondaryEndpoint(parts));
	}

	private static Set<String> caseInsensitive(String... names) {
		Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		set.addAll(List.of(names));
		return Collections.unmodifiableSet(set);
	}

	private static Map<String, String> split(String text) {
		Map<String, String> parts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		int position = 0;
		for (String part : text.trim().split(";")) {
			position++;
			if (part.isBlank()) {
				continue;
			}
			int equals = part.indexOf('=');
			if (equals < 1 || part.substring(0, equals).isBlank()) {
				throw malformed("its part " + position + " is not of the form name=value");
			}
			String name = part.substring(0, equals).trim();
			String value = part.substring(equals + 1).trim();
			// A name that is not known may be a key that was pasted alone.
			boolean known = KNOWN.contains(name);
			if (value.isEmpty()) {
				throw malformed(known ? "'" + name + "' has no value" : "its part " + position + " has no value");
			}
			if (parts.put(name, value) != null) {
				throw malformed(known ? "'" + name + "' is there twice"
						: "its part " + position + " has the name of another part");
			}
		}
		if (parts.isEmpty()) {
			throw malformed("it is empty");
		}
		return parts;
	}

	private static void refuseOthers(Map<String, String> parts) {
		if (parts.containsKey(DEVELOPMENT_PROXY)) {
			throw malformed("it has '" + DEVELOPMENT_PROXY + "' without '" + DEVELOPMENT + "=true'");
		}
		if (parts.containsKey("AccountEndpoint")) {
			throw malformed("'AccountEndpoint' is of another API of Cosmos DB, and the Table API's has 'AccountName', "
					+ "'AccountKey' and 'TableEndpoint'");
		}
	}

	private static ConnectionString development(Map<String, String> parts) {
		if (!"true".equalsIgnoreCase(parts.get(DEVELOPMENT))) {
			throw malformed("'" + DEVELOPMENT + "' can only be 'true'");
		}
		for (String name : CREDENTIALS) {
			if (parts.containsKey(name)) {
				throw malformed("'" + name + "' can't stand beside '" + DEVELOPMENT + "', which brings its own");
			}
		}
		String proxy = parts.get(DEVELOPMENT_PROXY);
		String host = (proxy != null) ? endpoint(DEVELOPMENT_PROXY, proxy).address() : "http://127.0.0.1";
		if (!host.matches(PROXY)) {
			throw malformed("'" + DEVELOPMENT_PROXY + "' must name scheme and host only, for the port is 10002: use "
					+ "'TableEndpoint' for another");
		}
		AzureEndpoint endpoint = endpoint(DEVELOPMENT_PROXY, host + ":10002/" + DEVELOPMENT_ACCOUNT);
		return new ConnectionString(endpoint, new AzureCredential.SharedKey(DEVELOPMENT_ACCOUNT, DEVELOPMENT_KEY),
				new AzureEndpoint(endpoint.address() + SECONDARY));
	}

	private static AzureCredential credential(Map<String, String> parts) {
		String signature = parts.get("SharedAccessSignature");
		String key = parts.get("AccountKey");
		if (signature != null && key != null) {
			throw malformed("it has both 'AccountKey' and 'SharedAccessSignature': keep one");
		}
		if (signature != null) {
			return sas(signature);
		}
		if (key == null) {
			throw malformed("it has neither 'AccountKey' nor 'SharedAccessSignature'");
		}
		String account = require(parts, "AccountName");
		try {
			return new AzureCredential.SharedKey(account, key);
		}
		catch (IllegalArgumentException ex) {
			throw invalid("AccountKey", ex);
		}
	}

	private static AzureCredential sas(String signature) {
		try {
			return new AzureCredential.Sas(signature);
		}
		catch (IllegalArgumentException ex) {
			throw invalid("SharedAccessSignature", ex);
		}
	}

	private static AzureEndpoint endpoint(Map<String, String> parts) {
		String explicit = parts.get("TableEndpoint");
		if (explicit != null) {
			return endpoint("TableEndpoint", explicit);
		}
		if (parts.containsKey("TableSecondaryEndpoint")) {
			throw malformed("it has 'TableSecondaryEndpoint' without 'TableEndpoint'");
		}
		if (!parts.containsKey("AccountName")) {
			throw malformed("it has neither 'TableEndpoint' nor 'AccountName'");
		}
		return derived(parts, "");
	}

	private static @Nullable AzureEndpoint secondaryEndpoint(Map<String, String> parts) {
		String explicit = parts.get("TableSecondaryEndpoint");
		if (explicit != null) {
			return endpoint("TableSecondaryEndpoint", explicit);
		}
		boolean derives = !parts.containsKey("TableEndpoint")
				&& TableServiceKind.of(endpoint(parts)) != TableServiceKind.COSMOS;
		return derives ? derived(parts, SECONDARY) : null;
	}

	private static AzureEndpoint derived(Map<String, String> parts, String accountSuffix) {
		String protocol = parts.getOrDefault("DefaultEndpointsProtocol", "https").toLowerCase(Locale.ROOT);
		if (!protocol.equals("https") && !protocol.equals("http")) {
			throw malformed("'DefaultEndpointsProtocol' must be 'https' or 'http'");
		}
		String account = require(parts, "AccountName");
		if (!account.matches(ACCOUNT_NAME)) {
			throw malformed("'AccountName' must be the account's name alone, of letters, digits and hyphens");
		}
		String suffix = parts.getOrDefault("EndpointSuffix", DEFAULT_SUFFIX);
		if (!suffix.matches(HOST)) {
			throw malformed("'EndpointSuffix' must be a host's name, such as '" + DEFAULT_SUFFIX + "'");
		}
		return endpoint("AccountName' and 'EndpointSuffix",
				protocol + "://" + account + accountSuffix + ".table." + suffix);
	}

	private static AzureEndpoint endpoint(String name, String address) {
		try {
			return new AzureEndpoint(address);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(name, ex);
		}
	}

	private static String require(Map<String, String> parts, String name) {
		@Nullable String value = parts.get(name);
		if (value == null) {
			throw malformed("'" + name + "' is missing");
		}
		return value;
	}

	private static IllegalArgumentException invalid(String name, IllegalArgumentException cause) {
		return malformed("'" + name + "' is not valid: " + cause.getMessage());
	}

	private static IllegalArgumentException malformed(String reason) {
		return new IllegalArgumentException("The connection string is malformed: " + reason
				+ ". Copy it from the storage account's 'Access keys', or use 'UseDevelopmentStorage=true'");
	}

}
