package dev.reactiveazure.autoconfigure;

import java.net.URI;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.reactiveazure.core.ReactorNettyConnector;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.util.function.SingletonSupplier;

/**
 * A connector that is made when the first request asks for it: name resolver, HTTP codec
 * and client are several hundred classes, which an application that starts need not wait
 * for.
 */
final class FirstUseConnector implements ReactorNettyConnector {

	private final SingletonSupplier<ReactorNettyConnector> connector;

	FirstUseConnector(Supplier<ReactorNettyConnector> connector) {
		this.connector = SingletonSupplier.of(connector);
	}

	/**
	 * Return what it connects with.
	 */
	ReactorNettyConnector connector() {
		return this.connector.obtain();
	}

	@Override
	public HttpClient httpClient() {
		return connector().httpClient();
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		return connector().connect(method, uri, requestCallback);
	}

}
