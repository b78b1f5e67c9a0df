package dev.reactiveazure.benchmarks.tables;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import dev.reactiveazure.benchmarks.measure.Report;
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
 * as many as a real request has, signs nothing, drops the body. It looks at the status
 * only.
 */
final class LimitPeer implements TablesPeer {

	private static final String SIGNATURE = "SharedKey devstoreaccount1:6OJUjt2E5B3ccl+TUE3uSDhzl9AdyOWneni5Hc8IVgI=";

	private static final String ROW = """
			{"PartitionKey":"customer-0000","RowKey":"order-00000000","number@odata.type":"Edm.Int64",\
			"number":"4200000000","total":10.25,"tax":0.5,"quantity":1,"priority":0,"paid":true,"express":true,\
			"placedAt@odata.type":"Edm.DateTime","placedAt":"2026-11-21T06:00:00.1234567Z",\
			"shippedAt@odata.type":"Edm.DateTime","shippedAt":"2026-11-22T06:00:00.1234567Z",\
			"reference@odata.type":"Edm.Guid","reference":"1a2b3c4d-5e6f-4a7b-8c9d-000000000000",\
			"status":"PLACED","currency":"EUR","city":"Amsterdam","email":"ada.0000@example.com",\
			"note":"Ring twice"}""";

	private final HttpClient.ResponseReceiver<?> insert;

	private final HttpClient.ResponseReceiver<?> get;

	LimitPeer(URI stub) {
		ConnectionProvider connections = ConnectionProvider.create("limit", 500);
		HttpClient client = HttpClient.create(connections).headers(LimitPeer::common);
		byte[] bytes = ROW.getBytes(StandardCharsets.UTF_8);
		ByteBuffer memory = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
		ByteBuf row = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(memory)).asReadOnly();
		this.insert = client.headers((headers) -> insert(headers, row.readableBytes()))
			.post()
			.uri(stub.resolve("/" + ACCOUNT + "/" + TABLE))
			.send(Mono.fromSupplier(row::duplicate));
		this.get = client.get()
			.uri(stub.resolve("/" + ACCOUNT + "/" + TABLE + "(PartitionKey='customer-0000',RowKey='order-00000000')"));
	}

	private static void common(HttpHeaders headers) {
		headers.set("x-ms-version", "2020-12-06");
		headers.set("DataServiceVersion", "3.0");
		headers.set("x-ms-date", "Sun, 22 Nov 2026 05:30:47 GMT");
		headers.set("x-ms-client-request-id", "9d0c3b0a-6d0f-4b0e-9d1a-2c7f3f6a5e41");
		headers.set(HttpHeaderNames.ACCEPT, "application/json;odata=minimalmetadata");
		headers.set(HttpHeaderNames.AUTHORIZATION, SIGNATURE);
	}

	private static void insert(HttpHeaders headers, int length) {
		headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json;odata=nometadata");
		headers.set("Prefer", "return-no-content");
		headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
	}

	@Override
	public String name() {
		return Report.LIMIT;
	}

	@Override
	public Flux<?> insert(Order order) {
		return this.insert.response(LimitPeer::drop);
	}

	@Override
	public Flux<?> get(String customer, String id) {
		return this.get.response(LimitPeer::drop);
	}

	// Plain response() would end the exchange at the headers and cost a connection each.
	private static Mono<Void> drop(HttpClientResponse response, ByteBufFlux body) {
		if (response.status().code() >= 300) {
			return Mono.error(new IllegalStateException("The stub answered with " + response.status()));
		}
		return body.then();
	}

}
