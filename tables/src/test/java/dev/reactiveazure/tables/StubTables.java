package dev.reactiveazure.tables;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * A server that records requests and gives prepared answers, for what neither emulator
 * does.
 */
final class StubTables implements AutoCloseable {

	static final String BATCH = "multipart/mixed; boundary=batchresponse_1";

	private final Queue<Prepared> answers = new ConcurrentLinkedQueue<>();

	private final List<Recorded> requests = Collections.synchronizedList(new ArrayList<>());

	private final DisposableServer server;

	StubTables() {
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request,
					response) -> request.receive().aggregate().asString().defaultIfEmpty("").flatMap((body) -> {
						Map<String, String> headers = new LinkedHashMap<>();
						request.requestHeaders()
							.forEach((header) -> headers.put(header.getKey().toLowerCase(Locale.ROOT),
									header.getValue()));
						this.requests.add(new Recorded(request.method().name(), request.uri(), headers, body));
						Prepared answer = this.answers.poll();
						if (answer == null) {
							return response.status(501).send();
						}
						answer.headers.forEach(response::header);
						return response.status(answer.status)
							.sendByteArray(Mono.just(answer.body.getBytes(StandardCharsets.UTF_8)))
							.then();
					}))
			.bindNow();
	}

	String address() {
		return "http://127.0.0.1:" + this.server.port();
	}

	StubTables answer(int status, Map<String, String> headers, String body) {
		this.answers.add(new Prepared(status, headers, body));
		return this;
	}

	StubTables batch(String body) {
		return answer(202, Map.of("Content-Type", BATCH, "x-ms-request-id", "outer"), body);
	}

	/**
	 * Drop a prepared answer.
	 * @return whether there was one
	 */
	boolean discard() {
		return this.answers.poll() != null;
	}

	List<Recorded> requests() {
		return this.requests;
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

	/**
	 * The answer to a transaction, whose parts are given.
	 */
	static String changes(String lineEnd, String... parts) {
		StringBuilder text = new StringBuilder("--batchresponse_1" + lineEnd
				+ "Content-Type: multipart/mixed; boundary=changesetresponse_2" + lineEnd + lineEnd);
		for (String part : parts) {
			text.append("--changesetresponse_2" + lineEnd + "Content-Type: application/http" + lineEnd
					+ "Content-Transfer-Encoding: binary" + lineEnd + lineEnd)
				.append(part);
		}
		return text + "--changesetresponse_2--" + lineEnd + "--batchresponse_1--" + lineEnd;
	}

	static String done(String etag) {
		return "HTTP/1.1 204 No Content\r\nDataServiceVersion: 1.0;\r\nETag: " + etag + "\r\n\r\n\r\n";
	}

	static String refused(String statusLine, String headers, String code, String message) {
		return "HTTP/1.1 " + statusLine + "\r\n" + headers + "Content-Type: application/json\r\n\r\n"
				+ "{\"odata.error\":{\"code\":\"" + code + "\",\"message\":{\"lang\":\"en-US\",\"value\":\"" + message
				+ "\\nRequestId:x\"}}}\r\n";
	}

	/**
	 * A request as it came; names of headers are in lower case.
	 */
	record Recorded(String method, String uri, Map<String, String> headers, String body) {
	}

	private record Prepared(int status, Map<String, String> headers, String body) {
	}

}
