package dev.reactiveazure.core.pipeline;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;

/**
 * Proves to the service who is calling. Asked anew for each try, so that a signature is
 * never older than its request, and a changed credential is used at once.
 */
public interface RequestSigner {

	/**
	 * Return what signs a call that begins now.
	 * @return this signer, unless its credential can be replaced
	 */
	default RequestSigner current() {
		return this;
	}

	/**
	 * Return what to sign the same call with after the service refused what this signed.
	 * @return another signer, for one more try at once; {@code null} when there is none,
	 * so that the refusal is the call's outcome
	 */
	default @Nullable RequestSigner afterRefusal() {
		return null;
	}

	/**
	 * Fetch what signing needs, where that takes time.
	 * @return completes when the request can be signed without waiting; {@code null} when
	 * it can be signed now
	 */
	default @Nullable Mono<Void> prepare() {
		return null;
	}

	/**
	 * Add what authorises by query to the target of a request.
	 * @param pathAndQuery the encoded path and query
	 * @return the target to send
	 */
	default String authorise(String pathAndQuery) {
		return pathAndQuery;
	}

	/**
	 * Set the headers that authorise a request. Called when all other headers are set.
	 * @param method the method
	 * @param pathAndQuery the encoded path and query as they are sent, the endpoint's
	 * path included
	 * @param contentType the content type as it is sent; {@code null} without a body
	 * @param headers where to set headers
	 */
	void sign(HttpMethod method, String pathAndQuery, @Nullable CharSequence contentType, HeaderSink headers);

	/**
	 * Give up what is held and under way. Idempotent.
	 */
	default void close() {
	}

}
