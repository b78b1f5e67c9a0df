package dev.reactiveazure.core;

import reactor.core.publisher.Mono;

/**
 * Fetches tokens of Microsoft Entra ID. What it returns is kept and asked for again ahead
 * of its end, one request at a time.
 */
@FunctionalInterface
public interface TokenSource {

	/**
	 * Fetch a token.
	 * @param scope what the token is to be good for, such as
	 * {@code https://storage.azure.com/.default}
	 * @return a new token; must not block the subscriber's thread
	 */
	Mono<AccessToken> token(String scope);

}
