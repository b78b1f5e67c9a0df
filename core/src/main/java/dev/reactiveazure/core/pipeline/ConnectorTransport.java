package dev.reactiveazure.core.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * Sends requests by any of Spring's connectors.
 *
 * @param connector the connector; not owned
 * @param uris where requests go
 */
record ConnectorTransport(ClientHttpConnector connector, TargetUris uris) implements Transport {

	@Override
	public Mono<ClientHttpResponse> send(HttpMethod method, String target, Outgoing request) {
		return this.connector.connect(method, this.uris.uri(method, target),
				(httpRequest) -> write(httpRequest, request));
	}

	private static Mono<Void> write(ClientHttpRequest httpRequest, Outgoing request) {
		try {
			Transport.begin(request, HeaderSink.of(httpRequest), httpRequest.getNativeRequest());
		}
		catch (RuntimeException ex) {
			return Mono.error(ex);
		}
		return request.hasBody()
				? httpRequest.writeWith(Mono.fromSupplier(() -> buffer(request, httpRequest.bufferFactory())))
				: httpRequest.setComplete();
	}

	private static DataBuffer buffer(Outgoing request, DataBufferFactory factory) {
		ByteBuf body = request.body();
		if (factory instanceof NettyDataBufferFactory netty) {
			return netty.wrap(body);
		}
		// Other connectors do not release what they are given.
		try {
			return factory.wrap(ByteBufUtil.getBytes(body));
		}
		finally {
			body.release();
		}
	}

}
