package dev.reactiveazure.core.webclient;

import java.net.URI;
import java.util.Locale;

import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.pipeline.RequestSigner;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Signs the requests of a {@code WebClient} as our clients sign their own.
 * <p>
 * It signs when the request is about to be sent and its headers are final: before that,
 * the content type that the body's writer will set is not known, and a signature that
 * covers it would be wrong. A retry above it signs anew. A request to any other host than
 * the endpoint's is refused rather than given a credential.
 * <p>
 * For the modules of this project only: these hand it out as an
 * {@link ExchangeFilterFunction}.
 */
public final class SigningFilter implements ExchangeFilterFunction {

	private final AzureEndpoint endpoint;

	private final RequestSigner signer;

	/**
	 * Create a filter.
	 * @param endpoint where requests may go
	 * @param signer what signs them
	 */
	public SigningFilter(AzureEndpoint endpoint, RequestSigner signer) {
		this.endpoint = endpoint;
		this.signer = signer;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		if (!isForEndpoint(request.url())) {
			return Mono.error(new IllegalArgumentException("The request goes to '" + origin(request.url())
					+ "', but its credential is for '" + this.endpoint + "'"));
		}
		return Mono.defer(() -> {
			RequestSigner current = this.signer.current();
			Mono<Void> preparation = current.prepare();
			Mono<ClientResponse> exchange = Mono.defer(() -> next.exchange(signed(request, current)));
			return (preparation != null) ? preparation.then(exchange) : exchange;
		});
	}

	private boolean isForEndpoint(URI url) {
		URI own = URI.create(this.endpoint.address());
		return origin(own).equals(origin(url));
	}

	/**
	 * Return scheme, host and port; never path or query, which may hold a secret.
	 */
	private static String origin(URI url) {
		String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
		int port = url.getPort();
		if (port == -1) {
			port = scheme.equals("https") ? 443 : 80;
		}
		return scheme + "://" + String.valueOf(url.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
	}

	private ClientRequest signed(ClientRequest request, RequestSigner signer) {
		String given = pathAndQuery(request.url());
		String target = signer.authorise(given);
		URI url = target.equals(given) ? request.url() : at(request.url(), target);
		return ClientRequest.from(request).url(url).body((message, context) -> {
			message.beforeCommit(() -> Mono.fromRunnable(() -> sign(message, request.method(), target, signer)));
			return request.body().insert(message, context);
		}).build();
	}

	private static URI at(URI url, String target) {
		try {
			return URI.create(url.getScheme() + "://" + url.getRawAuthority() + target);
		}
		catch (IllegalArgumentException ex) {
			// Its message would show the whole URI, a signature in the query included.
			throw new IllegalArgumentException("The path or query of the request is not encoded");
		}
	}

	private static void sign(ClientHttpRequest message, HttpMethod method, String target, RequestSigner signer) {
		HttpHeaders headers = message.getHeaders();
		signer.sign(method, target, headers.getFirst(HttpHeaders.CONTENT_TYPE),
				(name, value) -> headers.set(name.toString(), value.toString()));
	}

	private static String pathAndQuery(URI url) {
		String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
		return (url.getRawQuery() != null) ? path + "?" + url.getRawQuery() : path;
	}

}
