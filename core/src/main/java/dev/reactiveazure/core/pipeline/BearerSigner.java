package dev.reactiveazure.core.pipeline;

import java.time.Clock;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.util.Assert;

/**
 * Authorises with a token of Microsoft Entra ID, never over plain HTTP. A token that the
 * service refuses, as when it was revoked, is not used again.
 */
public final class BearerSigner implements RequestSigner {

	private static final AsciiString AUTHORIZATION = AsciiString.cached("Authorization");

	private final TokenCache tokens;

	/**
	 * Create a signer.
	 * @param credential where tokens come from
	 * @param scope what they are good for
	 * @param endpoint where they are sent
	 * @param clock tells when they end
	 * @throws IllegalArgumentException if the endpoint is not {@code https}
	 */
	public BearerSigner(AzureCredential.Token credential, String scope, AzureEndpoint endpoint, Clock clock) {
		Assert.isTrue(endpoint.isSecure(),
				() -> "A token is never sent over plain http: use an https endpoint instead of '" + endpoint + "'");
		this.tokens = new TokenCache(credential.source(), scope, clock);
	}

	@Override
	public @Nullable Mono<Void> prepare() {
		return this.tokens.ready();
	}

	@Override
	public void sign(HttpMethod method, String pathAndQuery, @Nullable CharSequence contentType, HeaderSink headers) {
		headers.set(AUTHORIZATION, this.tokens.header());
	}

	@Override
	public @Nullable RequestSigner afterRefusal() {
		this.tokens.refused();
		return null;
	}

	@Override
	public void close() {
		this.tokens.dispose();
	}

}
