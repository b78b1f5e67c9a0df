package dev.reactiveazure.eventgrid;

import java.util.Locale;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.pipeline.RequestSigner;
import io.netty.util.AsciiString;

import org.springframework.util.Assert;

/**
 * What a namespace accepts as endpoint and credential; explains what belongs to the Basic
 * tier instead.
 */
final class NamespaceAccess {

	private static final AsciiString AUTHORIZATION = AsciiString.cached("Authorization");

	private static final String NAMESPACE_URL = "https://{namespace}.{region}-1.eventgrid.azure.net";

	private NamespaceAccess() {
	}

	static RequestSigner signer(AzureCredential credential) {
		if (credential instanceof AzureCredential.AccessKey accessKey) {
			AsciiString value = new AsciiString("SharedAccessKey " + accessKey.key());
			return (method, pathAndQuery, contentType, headers) -> headers.set(AUTHORIZATION, value);
		}
		if (credential instanceof AzureCredential.Sas) {
			throw new IllegalArgumentException("Event Grid namespaces do not take shared access signatures: "
					+ "use one of the namespace's access keys");
		}
		throw new IllegalArgumentException("Event Grid namespaces do not take the key of a storage account: "
				+ "use one of the namespace's access keys");
	}

	/**
	 * Refuse a URL with a query, saying why it has one. Its text may hold a key and is
	 * not repeated.
	 */
	static String withoutQuery(String endpoint) {
		Assert.hasText(endpoint, "The endpoint must not be empty");
		int query = endpoint.indexOf('?');
		if (query == -1) {
			return endpoint;
		}
		String shown = endpoint.substring(0, query);
		String parameters = endpoint.substring(query).toLowerCase(Locale.ROOT);
		String reason = "the client adds 'api-version' itself";
		if (parameters.contains("aeg-sas")) {
			reason = "'aeg-sas-key' and 'aeg-sas-token' belong to Basic topics, and keys belong into the credential";
		}
		throw new IllegalArgumentException(
				"The endpoint must not have a query (" + reason + "): '" + shown + "' is the part before it");
	}

	static void requireNamespace(AzureEndpoint endpoint) {
		String path = endpoint.path().toLowerCase(Locale.ROOT);
		Assert.isTrue(!path.endsWith("/api/events"),
				() -> "'" + endpoint + "' is the URL of a Basic topic, domain or partner namespace; the client of a "
						+ "namespace needs " + NAMESPACE_URL + ", without a path");
		Assert.isTrue(!path.contains("/topics/") && !path.endsWith("/topics"),
				() -> "'" + endpoint + "' is the URL of a topic; the client of a namespace needs " + NAMESPACE_URL
						+ ", and topics by their names");
	}

}
