package dev.reactiveazure.autoconfigure;

import java.net.URI;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * Lets exchanges of a client with futures, such as the JDK's, be cancelled without a
 * word: Reactor takes the failure with which such a future confirms that for one that
 * nobody handles, and logs it as an error for each listener that stops.
 */
final class CancellableConnector implements ClientHttpConnector {

	/** Where Reactor looks for what handles errors that come too late. */
	private static final String ON_ERROR_DROPPED = "reactor.onErrorDropped.local";

	private final ClientHttpConnector connector;

	CancellableConnector(ClientHttpConnector connector) {
		this.connector = connector;
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		return this.connector.connect(method, uri, requestCallback)
			.contextWrite((context) -> context.put(ON_ERROR_DROPPED, withoutCancellations(context)));
	}

	private static Consumer<Throwable> withoutCancellations(Context caller) {
		return (error) -> {
			boolean cancelled = error instanceof CompletionException
					&& error.getCause() instanceof CancellationException;
			if (!cancelled) {
				Operators.onErrorDropped(error, caller);
			}
		};
	}

}
