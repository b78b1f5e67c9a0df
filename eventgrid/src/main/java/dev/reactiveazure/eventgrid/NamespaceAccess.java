package dev.reactiveazure.eventgrid;

import java.time.Clock;
import java.util.Locale;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.RotatingCredential;
import dev.reactiveazure.core.pipeline.BearerSigner;
import dev.reactiveazure.core.pipeline.RequestSigner;
import dev.reactiveazure.core.pipeline.RotatingSigner;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a namespace accepts as endpoint and credential; explains what belongs to the Basic
 * tier instead.
 */
final class NamespaceAccess {

	private static final AsciiString AUTHORIZATION = AsciiString.cached("Authorization");

	/** What tokens of Microsoft Entra ID are good for, in both tiers. */
	static final String AUDIENCE = "https://eventgrid.azure.net";

	private static final String NAMESPACE_URL = "https://{namespace}.{region}-1.eventgrid.azure.net";

	private NamespaceAccess() {
	}

	/**
	 * Return what signs with a credential.
	 * @throws IllegalArgumentException if a namespace does not take it, or a token would
	 * travel over plain HTTP
	 */
	static RequestSigner signer(AzureCredential credential, AzureEndpoint endpoint, @Nullable String audience,
			Clock clock) {
		requireAccepted(credential);
		if (credential instanceof RotatingCredential rotating) {
			return new RotatingSigner(rotating, (current) -> signer(current, endpoint, audience, clock));
		}
		if (credential instanceof AzureCredential.AccessKey accessKey) {
			AsciiString value = new AsciiString("SharedAccessKey " + accessKey.key());
			return (method, pathAndQuery, contentType, headers) -> headers.set(AUTHORIZATION, value);
		}
		return new BearerSigner((AzureCredential.Token) credential, scope(audience), endpoint, clock);
	}

	static void requireAccepted(AzureCredential credential) {
		if (credential instanceof RotatingCredential rotating) {
			requireAccepted(rotating.current());
			return;
		}
		Assert.isTrue(!(credential instanceof AzureCredential.Sas),
				"Event Grid namespaces do not take shared access signatures: use one of the namespace's access keys, "
						+ "or EventGridBasicClient if it is a topic of the Basic tier");
		Assert.isTrue(!(credential instanceof AzureCredential.SharedKey),
				"Event Grid namespaces do not take the key of a storage account: use one of the namespace's access keys");
	}

	/**
	 * Return the scope of tokens.
	 * @param audience what they are to be good for; {@code null} for Event Grid of the
	 * public cloud
	 */
	static String scope(@Nullable String audience) {
		String resource = (audience != null) ? audience : AUDIENCE;
		return resource.endsWith("/") ? resource + ".default" : resource + "/.default";
	}

	static void requireSingleSlashes(AzureEndpoint endpoint) {
		if (endpoint.path().contains("//")) {
			throw new IllegalArgumentException(
					"The path of '" + endpoint + "' has '//', which the service takes for another path");
		}
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
			reason = "keys and tokens belong into the credential, and 'aeg-sas-key' and 'aeg-sas-token' to Basic topics";
		}
		throw new IllegalArgumentException(
				"The endpoint must not have a query (" + reason + "): '" + shown + "' is the part before it");
	}

	static AzureEndpoint endpoint(String url) {
		AzureEndpoint endpoint = new AzureEndpoint(withoutQuery(url));
		requireNamespace(endpoint);
		return endpoint;
	}

	static void requireNamespace(AzureEndpoint endpoint) {
		String path = endpoint.path().toLowerCase(Locale.ROOT);
		if (path.endsWith("/api/events")) {
			throw new IllegalArgumentException("'" + endpoint
					+ "' is the URL of a Basic topic, domain or partner namespace; the client of a namespace needs "
					+ NAMESPACE_URL + ", without a path, and that of a Basic topic is EventGridBasicClient");
		}
		if (path.contains("/topics/") || path.endsWith("/topics")) {
			throw new IllegalArgumentException("'" + endpoint + "' is the URL of a topic; the client of a namespace"
					+ " needs " + NAMESPACE_URL + ", and topics by their names");
		}
		requireSingleSlashes(endpoint);
	}

}
