package dev.reactiveazure.benchmarks.tables;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

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

	/** The number of an order whose row is of middle length, as JSON. */
	static final int ORDER = 319;

	/**
	 * Its row. The first one's is the shortest, by just so much that Netty sends head and
	 * body of an insert in one piece, which takes 1 µs less and few of the others do.
	 */
	static final String ROW = """
			{"PartitionKey":"customer-0319","RowKey":"order-00000319","number@odata.type":"Edm.Int64",\
			"number":"4200000319","total":329.25,"tax":19.5,"quantity":5,"priority":1,"paid":false,"express":false,\
			"placedAt@odata.type":"Edm.DateTime","placedAt":"2026-11-21T06:05:19.1234567Z",\
			"shippedAt@odata.type":"Edm.DateTime","shippedAt":"2026-11-22T06:05:19.1234567Z",\
			"reference@odata.type":"Edm.Guid","reference":"1a2b3c4d-5e6f-4a7b-8c9d-00000000013f",\
			"status":"BILLED","currency":"EUR","city":"Amsterdam","email":"ada.0319@example.com",\
			"note":"Ring twice"}""";

	private final HttpClient.ResponseReceiver<?> insert;

	private final HttpClient.ResponseReceiver<?> get;

	private final HttpClient.ResponseReceiver<?> insertAll;

	private final HttpClient client;

	private final URI stub;

	LimitPeer(URI stub) {
		ConnectionProvider connections = ConnectionProvider.create("limit", 500);
		this.client = HttpClient.create(connections).headers(LimitPeer::common);
		this.stub = stub;
		ByteBuf row = prepared(ROW);
		ByteBuf rows = prepared(batch());
		this.insert = this.client.headers((headers) -> insert(headers, row.readableBytes()))
			.post()
			.uri(stub.resolve("/" + ACCOUNT + "/" + TABLE))
			.send(Mono.fromSupplier(row::duplicate));
		this.get = this.client.get()
			.uri(stub.resolve("/" + ACCOUNT + "/" + TABLE + "(PartitionKey='customer-0000',RowKey='order-00000000')"));
		this.insertAll = this.client.headers((headers) -> batch(headers, rows.readableBytes()))
			.post()
			.uri(stub.resolve("/" + ACCOUNT + "/$batch"))
			.send(Mono.fromSupplier(rows::duplicate));
	}

	private static ByteBuf prepared(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		ByteBuffer memory = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
		return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(memory)).asReadOnly();
	}

	private static String batch() {
		String part = """
				--changeset_1
				Content-Type: application/http
				Content-Transfer-Encoding: binary

				POST http://127.0.0.1/devstoreaccount1/orders HTTP/1.1
				Content-Type: application/json;odata=nometadata
				Accept: application/json;odata=minimalmetadata
				Prefer: return-no-content
				DataServiceVersion: 3.0;

				""".replace("\n", "\r\n") + ROW + "\r\n";
		return "--batch_1\r\nContent-Type: multipart/mixed; boundary=changeset_1\r\n\r\n"
				+ part.repeat(TablesWorks.TRANSACTION) + "--changeset_1--\r\n--batch_1--\r\n";
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

	private static void batch(HttpHeaders headers, int length) {
		headers.set(HttpHeaderNames.CONTENT_TYPE, "multipart/mixed; boundary=batch_1");
		headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
	}

	@Override
	public Flux<?> insert(Order order) {
		return this.insert.response(LimitPeer::drop);
	}

	@Override
	public Flux<?> get(String customer, String id) {
		return this.get.response(LimitPeer::drop);
	}

	@Override
	public Flux<?> query(String table) {
		return this.client.get().uri(this.stub.resolve("/" + ACCOUNT + "/" + table + "()")).response(LimitPeer::drop);
	}

	@Override
	public Flux<?> insertAll(List<Order> orders) {
		return this.insertAll.response(LimitPeer::drop);
	}

	// Plain response() would end the exchange at the headers and cost a connection each.
	private static Mono<Void> drop(HttpClientResponse response, ByteBufFlux body) {
		if (response.status().code() >= 300) {
			return Mono.error(new IllegalStateException("The stub answered with " + response.status()));
		}
		return body.then();
	}

}
