package dev.reactiveazure.emulator.http;

import java.io.IOException;
import java.net.BindException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import dev.reactiveazure.emulator.clock.MovableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class EmulatorServerTests {

	private final MovableClock clock = MovableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));

	private final FaultPlan faults = FaultPlan.create();

	private final Queue<EmulatorRequest> requests = new ConcurrentLinkedQueue<>();

	private final Queue<String> books = new ConcurrentLinkedQueue<>();

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private volatile Mono<EmulatorResponse> answer = Mono
		.fromSupplier(() -> EmulatorResponse.status(200).withBody("text/plain", "x".repeat(10_000)));

	private final EmulatorServer server = new EmulatorServer(
			new ServerSettings("tables", ServerSettings.LOOPBACK, 0, 100_000, null, this.faults, this.clock),
			this::handle);

	@AfterEach
	void close() {
		this.server.close();
	}

	private Mono<EmulatorResponse> handle(EmulatorRequest request) {
		this.requests.add(request);
		return this.answer
			.map((response) -> response.onSent(() -> this.books.add("sent")).onLost(() -> this.books.add("lost")));
	}

	private HttpRequest request(String method, String target, String body) {
		return HttpRequest.newBuilder(URI.create(this.server.endpoint() + target))
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.header("X-Some", "value")
			.build();
	}

	private HttpResponse<String> send(String method, String target, String body) {
		try {
			return this.client.send(request(method, target, body), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void untilIdle() {
		Awaitility.await().until(() -> this.server.exchangesInProgress() == 0);
	}

	@Test
	void handsOverTheRequestAsItWasSent() {
		HttpResponse<String> response = send("MERGE", "/a%2Fb(x='%27')//c?$q=a%20b+c&Q2", "body é");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Date")).hasValue("Thu, 01 Jan 2026 00:00:00 GMT");
		EmulatorRequest request = this.requests.remove();
		assertThat(request.method()).isEqualTo("MERGE");
		assertThat(request.rawPath()).isEqualTo("/a%2Fb(x='%27')//c");
		assertThat(request.rawQuery()).isEqualTo("$q=a%20b+c&Q2");
		assertThat(request.query().get("$Q")).isEqualTo("a b+c");
		assertThat(request.query().get("q2")).isEmpty();
		assertThat(request.bodyText()).isEqualTo("body é");
		assertThat(request.header("x-some")).isEqualTo("value");
		assertThat(request.host()).isEqualTo("127.0.0.1:" + this.server.port());
		assertThat(request.remoteAddress()).isEqualTo("127.0.0.1");
		untilIdle();
		assertThat(this.books).containsExactly("sent");
	}

	@Test
	void refusesBodiesBeyondTheLimit() {
		assertThat(send("POST", "/", "x".repeat(100_000)).statusCode()).isEqualTo(200);
		assertThat(send("POST", "/", "x".repeat(100_001)).statusCode()).isEqualTo(413);
		assertThat(this.requests).hasSize(1);
	}

	@Test
	void readsAChunkedBodyBeyondTheLimitToItsEndBeforeItRefusesIt() throws Exception {
		try (Socket socket = new Socket("127.0.0.1", this.server.port())) {
			String head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
			String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
			socket.getOutputStream().write((head + chunk.repeat(80) + "0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
			assertThat(answer).startsWith("HTTP/1.1 413 ");
		}
		untilIdle();
		assertThat(this.requests).isEmpty();
	}

	@Test
	void turnsAFailureOfTheHandlerIntoA500() {
		this.answer = Mono.error(new IllegalStateException("broken"));
		HttpResponse<String> response = send("GET", "/", "");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).contains("broken");
	}

	@Test
	void cancelsTheHandlerWhenTheClientHangsUp() throws Exception {
		CountDownLatch subscribed = new CountDownLatch(1);
		CountDownLatch cancelled = new CountDownLatch(1);
		this.answer = Mono.<EmulatorResponse>never()
			.doOnSubscribe((subscription) -> subscribed.countDown())
			.doOnCancel(cancelled::countDown);
		try (Socket socket = new Socket("127.0.0.1", this.server.port())) {
			socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(subscribed.await(5, TimeUnit.SECONDS)).isTrue();
			assertThat(this.server.exchangesInProgress()).isEqualTo(1);
		}
		assertThat(cancelled.await(5, TimeUnit.SECONDS)).isTrue();
		untilIdle();
		assertThat(this.books).isEmpty();
	}

	@Test
	void goesOnReadingAfterARequestThatCameBeforeTheAnswerToAnother() throws Exception {
		Sinks.One<EmulatorResponse> first = Sinks.one();
		this.answer = Mono.defer(() -> (this.requests.size() == 1) ? first.asMono()
				: Mono.just(EmulatorResponse.status(200).withBody("text/plain", "end" + this.requests.size())));
		byte[] get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
		try (Socket socket = new Socket("127.0.0.1", this.server.port())) {
			socket.setSoTimeout(5_000);
			socket.getOutputStream().write(get);
			socket.getOutputStream().write(get);
			Awaitility.await().until(() -> this.requests.size() == 1);
			first.tryEmitValue(EmulatorResponse.status(200).withBody("text/plain", "end1")).orThrow();
			assertThat(readTo("end2", socket)).contains("end1");
			socket.getOutputStream().write(get);
			assertThat(readTo("end3", socket)).startsWith("HTTP/1.1 200");
		}
	}

	private static String readTo(String end, Socket socket) throws IOException {
		StringBuilder answer = new StringBuilder();
		while (answer.indexOf(end) < 0) {
			int read = socket.getInputStream().read();
			assertThat(read).as("after " + answer).isNotNegative();
			answer.append((char) read);
		}
		return answer.toString();
	}

	@Test
	void doesNotCountParkedExchanges() throws Exception {
		Sinks.One<EmulatorResponse> event = Sinks.one();
		CountDownLatch parked = new CountDownLatch(1);
		this.answer = Mono.defer(() -> {
			this.requests.element().exchange().park();
			parked.countDown();
			return event.asMono();
		});
		CompletableFuture<HttpResponse<String>> response = this.client.sendAsync(request("GET", "/", ""),
				BodyHandlers.ofString());
		assertThat(parked.await(5, TimeUnit.SECONDS)).isTrue();
		untilIdle();
		event.tryEmitValue(EmulatorResponse.status(204)).orThrow();
		assertThat(response.get().statusCode()).isEqualTo(204);
		untilIdle();
		assertThat(this.books).containsExactly("sent");
	}

	@Test
	void answersFaultsInsteadOfTheService() {
		this.faults.when("tables").method("get").nth(2).answer(503, Duration.ofSeconds(7));
		this.faults.when("eventgrid").answer(500);
		assertThat(send("GET", "/", "").statusCode()).isEqualTo(200);
		HttpResponse<String> faulty = send("GET", "/", "");
		assertThat(faulty.statusCode()).isEqualTo(503);
		assertThat(faulty.headers().firstValue("Retry-After")).hasValue("7");
		assertThat(send("GET", "/", "").statusCode()).isEqualTo(200);
		assertThat(this.requests).hasSize(2);
	}

	@Test
	void losesRequestsAndAnswers() {
		this.faults.when("tables").path("/before"::equals).dropBefore();
		this.faults.when("tables").path("/after"::equals).dropAfter();
		this.faults.when("tables").path("/half"::equals).truncate();
		for (String path : List.of("/before", "/after", "/half")) {
			assertThatExceptionOfType(java.io.UncheckedIOException.class).isThrownBy(() -> send("POST", path, "x"));
		}
		untilIdle();
		assertThat(this.requests).extracting(EmulatorRequest::rawPath).containsExactly("/after", "/half");
		assertThat(this.books).containsExactly("lost", "lost");
		this.faults.clear();
		assertThat(send("POST", "/before", "x").statusCode()).isEqualTo(200);
	}

	@Test
	void losesAnAnswerThatHasNoBodyToCut() {
		this.answer = Mono.just(EmulatorResponse.status(204));
		this.faults.when("tables").truncate();
		assertThatExceptionOfType(java.io.UncheckedIOException.class).isThrownBy(() -> send("POST", "/none", "x"));
		untilIdle();
		assertThat(this.books).containsExactly("lost");
	}

	@Test
	void neverAnswersIfToldSo() throws Exception {
		CountDownLatch seen = new CountDownLatch(1);
		this.faults.when("tables").path((path) -> {
			seen.countDown();
			return path.equals("/silent");
		}).neverAnswer();
		try (Socket socket = new Socket("127.0.0.1", this.server.port())) {
			socket.getOutputStream()
				.write("GET /silent HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(seen.await(5, TimeUnit.SECONDS)).isTrue();
			untilIdle();
			this.clock.advance(Duration.ofDays(1));
			assertThat(send("GET", "/other", "").statusCode()).isEqualTo(200);
			assertThat(socket.getInputStream().available()).isZero();
			this.server.close();
			assertThat(socket.getInputStream().readAllBytes()).isEmpty();
		}
		assertThat(this.requests).extracting(EmulatorRequest::rawPath).containsExactly("/other");
	}

	@Test
	void truncatesInTheMiddleOfTheBody() throws Exception {
		this.faults.when("tables").truncate();
		try (Socket socket = new Socket("127.0.0.1", this.server.port())) {
			socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			StringBuilder received = new StringBuilder();
			try {
				for (int read = socket.getInputStream().read(); read >= 0; read = socket.getInputStream().read()) {
					received.append((char) read);
				}
			}
			catch (IOException ex) {
				received.append('!');
			}
			assertThat(received.toString().toLowerCase(java.util.Locale.ROOT)).startsWith("http/1.1 200 ok")
				.contains("content-length: 10000");
			assertThat(received.chars().filter((each) -> each == 'x').count()).isBetween(1L, 5_100L);
		}
	}

	@Test
	void delaysOnItsClock() throws Exception {
		this.faults.when("tables").delay(Duration.ofMinutes(1));
		CompletableFuture<HttpResponse<String>> response = this.client.sendAsync(request("GET", "/", ""),
				BodyHandlers.ofString());
		Awaitility.await().until(() -> this.clock.nextTimer() != null);
		assertThat(this.server.exchangesInProgress()).isZero();
		assertThat(this.requests).isEmpty();
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(response.get().statusCode()).isEqualTo(200);
	}

	@Test
	void drawsProbabilitiesFromTheSeed() {
		FaultPlan first = FaultPlan.seeded(1);
		FaultPlan second = FaultPlan.seeded(1);
		first.when("tables").probability(0.5).dropBefore();
		second.when("tables").probability(0.5).dropBefore();
		EmulatorRequest request = EmulatorRequest.of("GET", "/", Headers.NONE, "");
		int hits = 0;
		for (int i = 0; i < 1000; i++) {
			Fault fault = first.next("tables", request);
			assertThat(fault).isEqualTo(second.next("tables", request));
			hits += (fault != null) ? 1 : 0;
		}
		assertThat(hits).isBetween(400, 600);
	}

	@Test
	void namesAPortInUse() {
		ServerSettings settings = ServerSettings.loopback("tables", this.server.port(), this.faults, this.clock);
		assertThatExceptionOfType(PortInUseException.class).isThrownBy(() -> new EmulatorServer(settings, this::handle))
			.withMessageContaining("tables")
			.withMessageContaining("127.0.0.1:" + this.server.port())
			.withCauseInstanceOf(BindException.class);
	}

	@Test
	void leavesNoThreadBehind() {
		ServerSettings settings = ServerSettings.loopback("closing", 0, this.faults, this.clock);
		EmulatorServer closing = new EmulatorServer(settings, this::handle);
		assertThat(send("GET", "/", "").statusCode()).isEqualTo(200);
		closing.close();
		closing.close();
		Awaitility.await()
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch(
						(thread) -> thread.getName().startsWith("reactiveazure-emulator-closing") && thread.isAlive()));
	}

}
