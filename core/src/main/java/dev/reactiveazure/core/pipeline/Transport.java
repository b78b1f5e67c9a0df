package dev.reactiveazure.core.pipeline;

import java.time.Duration;
import java.util.concurrent.CancellationException;

import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.HttpPool;
import dev.reactiveazure.core.ReactorNettyConnector;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClientRequest;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * How requests travel.
 */
interface Transport {

	/**
	 * Send a request.
	 * @param target the encoded path, below that of the endpoint, and query
	 * @return the answer when its head is there; its body is to be subscribed to at once
	 * @throws UnbuiltRequestException if the target is not encoded
	 */
	Mono<ClientHttpResponse> send(HttpMethod method, String target, Outgoing request);

	/**
	 * Return how requests travel with a connector.
	 * @param endpoint where they go
	 * @param uris the URIs of that endpoint
	 */
	static Transport of(ClientHttpConnector connector, AzureEndpoint endpoint, TargetUris uris) {
		return (connector instanceof ReactorNettyConnector netty) ? new NettyTransport(netty, endpoint, uris)
				: new ConnectorTransport(connector, uris);
	}

	/**
	 * Do all that comes before the body of a request: only that is left to be written.
	 * @param headers sets its headers
	 * @param nativeRequest what the HTTP client knows it as
	 * @throws CancellationException if it was given up
	 * @throws RuntimeException for what it fails with
	 */
	static void begin(Outgoing request, HeaderSink headers, Object nativeRequest) {
		Duration timeout = request.readTimeout();
		if (timeout != null && nativeRequest instanceof HttpClientRequest nettyRequest) {
			nettyRequest.responseTimeout(timeout);
		}
		name(headers, nativeRequest);
		request.writeTo(headers);
		if (!request.begin(nativeRequest)) {
			throw new CancellationException("Given up before it was sent");
		}
	}

	/**
	 * Give a request our name, unless it has that from {@link HttpPool} already: to set
	 * it again costs 48 bytes.
	 */
	private static void name(HeaderSink headers, Object nativeRequest) {
		boolean named = nativeRequest instanceof HttpClientRequest nettyRequest
				&& HttpPool.PRODUCT.equals(nettyRequest.requestHeaders().get(HttpHeaderNames.USER_AGENT));
		if (!named) {
			headers.set(HttpHeaderNames.USER_AGENT, HttpPool.PRODUCT);
		}
	}

	/**
	 * A request that has a connection.
	 */
	interface Outgoing {

		/**
		 * Return the time that the connection may take to answer.
		 * @return the time; {@code null} for what the connector is set to
		 */
		@Nullable Duration readTimeout();

		/**
		 * Set the headers.
		 * @throws RuntimeException for what the request then fails with
		 */
		void writeTo(HeaderSink headers);

		/**
		 * Say that the request is about to be written.
		 * @return {@code false} where it was given up and must not be written
		 */
		boolean begin(@Nullable Object nativeRequest);

		boolean hasBody();

		/**
		 * Return the body, to be released by whoever writes it.
		 */
		ByteBuf body();

	}

}
