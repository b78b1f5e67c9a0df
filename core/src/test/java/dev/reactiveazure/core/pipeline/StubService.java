package dev.reactiveazure.core.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.HttpHeaders;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A service that gives scripted answers, one a request, the last again and again.
 */
final class StubService implements AutoCloseable {

	private final Queue<BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>>> script = new ConcurrentLinkedQueue<>();

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private final Set<Object> connections = ConcurrentHashMap.newKeySet();

	private final DisposableServer server;

	StubService() {
		this(HttpProtocol.HTTP11);
	}

	StubService(HttpProtocol... protocols) {
		this.server = HttpServer.create().host("127.0.0.1").port(0).protocol(protocols).handle(this::handle).bindNow();
	}

	StubService answers(BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> answer) {
		this.script.add(answer);
		return this;
	}

	StubService answers(int status, String body, String... headers) {
		return answers((request, response) -> {
			for (int i = 0; i < headers.length; i += 2) {
				response.header(headers[i], headers[i + 1]);
			}
			return response.status(status).sendString(Mono.just(body)).then();
		});
	}

	StubService closesTheConnection() {
		return answers((request, response) -> {
			response.withConnection(Connection::dispose);
			return Mono.never();
		});
	}

	/**
	 * Promises ten bytes, sends four and closes.
	 */
	StubService cutsItsAnswer() {
		return sends("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", ChannelFutureListener.CLOSE);
	}

	/**
	 * Sends bytes as they are, and does something with the connection then.
	 */
	StubService sends(String answer, ChannelFutureListener then) {
		return answers((request, response) -> {
			response.withConnection((connection) -> {
				ByteBuf bytes = Unpooled.copiedBuffer(answer, StandardCharsets.US_ASCII);
				connection.channel().pipeline().firstContext().writeAndFlush(bytes).addListener(then);
			});
			return Mono.never();
		});
	}

	StubService neverAnswers() {
		return answers((request, response) -> Mono.never());
	}

	List<Received> received() {
		return this.received;
	}

	int connections() {
		return this.connections.size();
	}

	String address() {
		return "http://127.0.0.1:" + this.server.port();
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return request.receive().aggregate().asString(StandardCharsets.UTF_8).defaultIfEmpty("").flatMap((body) -> {
			this.connections.add(String.valueOf(request.remoteAddress()));
			this.received.add(new Received(request.method().name(), request.uri(), request.requestHeaders(), body));
			BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> answer = (this.script.size() > 1)
					? this.script.remove() : this.script.element();
			return Mono.from(answer.apply(request, response));
		});
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

	record Received(String method, String target, HttpHeaders headers, String body) {
	}

}
