package dev.reactiveazure.eventgrid;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A server that records requests to the byte and gives prepared answers, for what the
 * emulator does not do.
 */
final class StubGrid implements AutoCloseable {

	private final Queue<Prepared> answers = new ConcurrentLinkedQueue<>();

	private final List<Recorded> requests = Collections.synchronizedList(new ArrayList<>());

	private final DisposableServer server = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle(this::handle)
		.bindNow();

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return request.receive().aggregate().asByteArray().defaultIfEmpty(new byte[0]).flatMap((body) -> {
			Map<String, String> headers = new LinkedHashMap<>();
			request.requestHeaders()
				.forEach((header) -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
			this.requests.add(new Recorded(request.uri(), headers, body));
			Prepared answer = this.answers.poll();
			if (answer == null) {
				return response.status(501).send();
			}
			answer.headers.forEach(response::header);
			return response.status(answer.status)
				.sendByteArray(answer.body.map((text) -> text.getBytes(StandardCharsets.UTF_8)))
				.then();
		});
	}

	String address() {
		return "http://127.0.0.1:" + this.server.port();
	}

	StubGrid answer(String body) {
		return answer(200, Map.of(), Mono.just(body));
	}

	StubGrid answer(int status, String body) {
		return answer(status, Map.of(), Mono.just(body));
	}

	StubGrid answer(int status, Map<String, String> headers, Mono<String> body) {
		this.answers.add(new Prepared(status, headers, body));
		return this;
	}

	List<Recorded> requests() {
		return this.requests;
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

	/**
	 * A request as it came; names of headers are in lower case.
	 */
	record Recorded(String uri, Map<String, String> headers, byte[] body) {

		String text() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

	}

	private record Prepared(int status, Map<String, String> headers, Mono<String> body) {
	}

}
