package dev.reactiveazure.benchmarks.eventgrid;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * The limit of any client on Reactor Netty: sends bytes prepared in advance with headers
 * as many as a real request has, drops the body. It looks at the status only.
 */
final class LimitPeer implements ReceivingPeer {

	private static final String EVENT = """
			{"specversion":"1.0","id":"4d1f6a52-8c1e-4b0f-9d1a-2c7f3f6a5e41",\
			"source":"https://shop.example.com/orders","type":"com.example.shop.OrderPlaced",\
			"subject":"order-00000042","time":"2026-11-21T06:00:42.1234567Z","datacontenttype":"application/json",\
			"data":{"customer":"customer-0042","id":"order-00000042","number":4200000042,"total":52.25,"tax":42.5,\
			"quantity":7,"priority":0,"paid":true,"express":false,"placedAt":"2026-11-21T06:00:42.1234567Z",\
			"shippedAt":"2026-11-22T06:00:42.1234567Z","reference":"1a2b3c4d-5e6f-4a7b-8c9d-00000000002a",\
			"status":"PLACED","currency":"EUR","city":"Amsterdam","email":"ada.0042@example.com",\
			"note":"Ring twice"}}""";

	private static final String TOKEN = "\"CiYKJDE1QjMyMDAwLTdGMkQtNDU1RC1BQTkwLTM0RTU4MzhCRDI3OBISChDfU/"
			+ "0000000000000001Z1U8+vJ5l8Z2mZwA4EbQ==\"";

	private final Map<Integer, HttpClient.ResponseReceiver<?>> publish = new ConcurrentHashMap<>();

	private final HttpClient.ResponseReceiver<?> receive;

	private final HttpClient.ResponseReceiver<?> acknowledge;

	private final HttpClient client;

	private final URI stub;

	LimitPeer(URI stub) {
		this.stub = stub;
		this.client = HttpClient.create(ConnectionProvider.create("limit", 500)).headers(LimitPeer::common);
		String subscription = "/topics/" + TOPIC + "/eventsubscriptions/" + SUBSCRIPTION;
		this.receive = this.client.headers((headers) -> headers.set(HttpHeaderNames.CONTENT_LENGTH, 0))
			.post()
			.uri(stub
				.resolve(subscription + ":receive?api-version=2024-06-01&maxEvents=" + EVENTS + "&maxWaitTime=60"));
		this.acknowledge = post(subscription + ":acknowledge?api-version=2024-06-01", "application/json",
				"{\"lockTokens\":[" + String.join(",", Collections.nCopies(EVENTS, TOKEN)) + "]}");
	}

	private static void common(HttpHeaders headers) {
		headers.set("x-ms-client-request-id", "9d0c3b0a-6d0f-4b0e-9d1a-2c7f3f6a5e41");
		headers.set(HttpHeaderNames.ACCEPT, "application/json");
		headers.set(HttpHeaderNames.AUTHORIZATION, "SharedAccessKey " + KEY);
	}

	private HttpClient.ResponseReceiver<?> post(String target, String contentType, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		ByteBuffer memory = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
		ByteBuf body = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(memory)).asReadOnly();
		return this.client.headers((headers) -> {
			headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
			headers.set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
		}).post().uri(this.stub.resolve(target)).send(Mono.fromSupplier(body::duplicate));
	}

	@Override
	public Flux<?> publish(Batch batch) {
		return this.publish.computeIfAbsent(batch.size(), this::publish).response(LimitPeer::drop);
	}

	private HttpClient.ResponseReceiver<?> publish(int events) {
		return post("/topics/" + TOPIC + ":publish?api-version=2024-06-01",
				"application/cloudevents-batch+json; charset=utf-8",
				"[" + String.join(",", Collections.nCopies(events, EVENT)) + "]");
	}

	@Override
	public Flux<?> receiveAndAcknowledge() {
		return this.receive.response(LimitPeer::drop)
			.thenMany(Flux.defer(() -> this.acknowledge.response(LimitPeer::drop)));
	}

	private static Mono<Void> drop(HttpClientResponse response, ByteBufFlux body) {
		if (response.status().code() >= 300) {
			return Mono.error(new IllegalStateException("The stub answered with " + response.status()));
		}
		return body.then();
	}

}
