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
 * What the Basic tier accepts as endpoint and credential; explains what belongs to
 * namespaces instead.
 */
final class BasicAccess {

	private static final AsciiString KEY = AsciiString.cached("aeg-sas-key");

	private static final AsciiString TOKEN = AsciiString.cached("aeg-sas-token");

	private static final String BASIC_URL = "https://{topic}.{region}-1.eventgrid.azure.net/api/events";

	private BasicAccess() {
	}

	/**
	 * Return what signs with a credential.
	 * @throws IllegalArgumentException if the Basic tier does not take it, or a token
	 * would travel over plain HTTP
	 */
	static RequestSigner signer(AzureCredential credential, AzureEndpoint endpoint, @Nullable String audience,
			Clock clock) {
		requireAccepted(credential);
		if (credential instanceof RotatingCredential rotating) {
			return new RotatingSigner(rotating, (current) -> signer(current, endpoint, audience, clock));
		}
		if (credential instanceof AzureCredential.AccessKey accessKey) {
			AsciiString value = new AsciiString(accessKey.key());
			return (method, pathAndQuery, contentType, headers) -> headers.set(KEY, value);
		}
		if (credential instanceof AzureCredential.Sas sas) {
			AsciiString value = new AsciiString(sas.token());
			return (method, pathAndQuery, contentType, headers) -> headers.set(TOKEN, value);
		}
		return new BearerSigner((AzureCredential.Token) credential, NamespaceAccess.scope(audience), endpoint, clock);
	}

	static void requireAccepted(AzureCredential credential) {
		if (credential instanceof RotatingCredential rotating) {
			requireAccepted(rotating.current());
			return;
		}
		Assert.isTrue(!(credential instanceof AzureCredential.SharedKey),
				"Event Grid does not take the key of a storage account: use one of the topic's access keys");
		if (credential instanceof AzureCredential.Sas sas) {
			Assert.isTrue(sas.token().startsWith("r=") && sas.token().contains("&e=") && sas.token().contains("&s="),
					"The shared access signature is not Event Grid's, which has the form 'r=…&e=…&s=…': "
							+ "EventGridSas.generate(…) makes one of an access key");
		}
	}

	static AzureEndpoint endpoint(String url) {
		AzureEndpoint endpoint = new AzureEndpoint(NamespaceAccess.withoutQuery(url));
		requireBasic(endpoint);
		return endpoint;
	}

	static void requireBasic(AzureEndpoint endpoint) {
		String path = endpoint.path().toLowerCase(Locale.ROOT);
		boolean azure = endpoint.host().toLowerCase(Locale.ROOT).contains(".eventgrid.");
		Assert.isTrue(!path.isEmpty() || !azure,
				() -> "'" + endpoint + "' has no path: the endpoint of a Basic topic, domain or partner namespace is "
						+ "the complete URL " + BASIC_URL + "; if it is a namespace's, use EventGridNamespaceClient");
		Assert.isTrue(!path.contains("/topics/") && !path.endsWith("/topics"),
				() -> "'" + endpoint
						+ "' is the URL of a topic of a namespace: use EventGridNamespaceClient, or a Basic topic's "
						+ BASIC_URL);
		NamespaceAccess.requireSingleSlashes(endpoint);
	}

	/**
	 * Return what to call the topic: the first part of the host where Azure gives it.
	 */
	static String name(AzureEndpoint endpoint) {
		String host = endpoint.host();
		int dot = host.toLowerCase(Locale.ROOT).contains(".eventgrid.") ? host.indexOf('.') : -1;
		return (dot > 0) ? host.substring(0, dot) : host;
	}

}
