package dev.reactiveazure.core.pipeline;

import java.net.URI;
import java.util.function.Function;

import dev.reactiveazure.core.ReactorNettyConnector;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * Gives its client away, and connects by no other way.
 */
final class StraightConnector implements ReactorNettyConnector {

	volatile HttpClient client;

	StraightConnector(HttpClient client) {
		this.client = client;
	}

	@Override
	public HttpClient httpClient() {
		return this.client;
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		return Mono.error(new IllegalStateException("Not by Spring's request"));
	}

}
