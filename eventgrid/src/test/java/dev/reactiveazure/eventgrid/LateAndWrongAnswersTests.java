package dev.reactiveazure.eventgrid;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureException;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.InvalidAnswerException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.core.ServiceFailureException;
import dev.reactiveazure.core.pipeline.ByteSink;
import dev.reactiveazure.core.pipeline.JsonWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for a service that answers late, half, wrongly or never: nothing hangs, no lock
 * token and no buffer is lost.
 */
class LateAndWrongAnswersTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final ReceiveOptions OPTIONS = new ReceiveOptions(100, Duration.ofSeconds(10));

	private final AtomicInteger requests = new AtomicInteger();

	private final Queue<String> released = new ConcurrentLinkedQueue<>();

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final LeakWatch leaks = LeakWatch.start();

	private BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> answer = (request, response) -> Mono
		.never();

	private DisposableServer server;

	private EventGridNamespaceClient client;

	private EventGridReceiverClient receiver;

	@BeforeEach
	void start() {
		this.server = HttpServer.create().host("127.0.0.1").port(0).handle(this::handle).bindNow();
		this.client = EventGridNamespaceClient.builder()
			.endpoint("http://127.0.0.1:" + this.server.port())
			.credential(new AzureCredential.AccessKey("k3y="))
			.options(ClientOptions.defaults().withRetry(RetryOptions.none()))
			.scheduler(this.time)
			.build();
		this.receiver = this.client.receiver("orders", "billing");
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return request.receive().aggregate().asString(StandardCharsets.UTF_8).defaultIfEmpty("").flatMap((body) -> {
			if (request.uri().contains(":release")) {
				this.released.add(body);
				return response.header("Content-Type", "application/json")
					.sendString(Mono.just(body.replace("lockTokens", "succeededLockTokens")))
					.then();
			}
			this.requests.incrementAndGet();
			return Mono.from(this.answer.apply(request, response));
		});
	}

	@AfterEach
	void stopWithoutALeak() {
		this.client.close();
		this.server.disposeNow();
		assertThat(this.leaks.leaks()).isEmpty();
	}

	private static String delivery(String token, String event) {
		return "{\"brokerProperties\":{\"lockToken\":\"" + token + "\",\"deliveryCount\":1},\"event\":" + event + "}";
	}

	private static String answer(int events) {
		List<String> deliveries = new ArrayList<>();
		EventSamples samples = new EventSamples(events);
		for (int i = 0; i < events; i++) {
			deliveries.add(delivery("token+/" + i + "==", new String(write(samples.next()), StandardCharsets.UTF_8)));
		}
		return "{\"value\":[" + String.join(",", deliveries) + "]}";
	}

	private static byte[] write(GridEvent event) {
		ByteSink sink = new ByteSink();
		new EventBody(event).write(new JsonWriter(sink));
		return sink.toByteArray();
	}

	private void answers(byte[] body) {
		this.answer = (request, response) -> response.header("Content-Type", "application/json")
			.sendByteArray(Mono.just(body));
	}

	private void awaitRequest() {
		await().atMost(LIMIT).until(() -> this.requests.get() == 1);
	}

	private void endsWithItsWaitAndTheSlack(Mono<List<ReceivedEvent>> receive) {
		StepVerifier.create(receive)
			.expectSubscription()
			.then(this::awaitRequest)
			.then(() -> this.time.advanceTimeBy(OPTIONS.maxWait().plus(SubscriptionRequests.RECEIVE_SLACK)))
			.expectError(OutcomeUnknownException.class)
			.verify(LIMIT);
		assertThat(this.client.abandonedReceives().open()).isZero();
	}

	@Test
	void anAnswerThatNeverComesEndsWithTheWaitAndTheSlack() {
		endsWithItsWaitAndTheSlack(this.receiver.receive(OPTIONS));
	}

	@Test
	void anAnswerThatStopsInItsHeadEndsWithTheWaitAndTheSlack() {
		this.answer = (request, response) -> raw(response, "HTTP/1.1 200 OK\r\nContent-Le", false);
		endsWithItsWaitAndTheSlack(this.receiver.receive(OPTIONS));
	}

	@Test
	void anAnswerThatStopsInItsBodyEndsWithTheWaitAndTheSlack() {
		Sinks.Empty<Void> sent = Sinks.empty();
		this.answer = (request, response) -> response.sendString(Flux.concat(Mono.just("{\"value\":["),
				Mono.<String>never().doOnSubscribe((rest) -> sent.tryEmitEmpty())), StandardCharsets.UTF_8);
		endsWithItsWaitAndTheSlack(this.receiver.receive(OPTIONS));
	}

	@Test
	void anAnswerThatDripsEndsWithTheWaitAndTheSlack() {
		Sinks.Many<String> drops = Sinks.many().unicast().onBackpressureBuffer();
		drops.tryEmitNext("{\"value\":[");
		this.answer = (request, response) -> response
			.send(drops.asFlux().map((drop) -> Unpooled.copiedBuffer(drop, StandardCharsets.US_ASCII)), (drop) -> true);
		StepVerifier.create(this.receiver.receive(OPTIONS)).expectSubscription().then(this::awaitRequest).then(() -> {
			for (int second = 0; second < 29; second++) {
				drops.tryEmitNext(" ");
				this.time.advanceTimeBy(Duration.ofSeconds(1));
			}
		})
			.expectNoEvent(Duration.ofMillis(50))
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(1)))
			.expectError(OutcomeUnknownException.class)
			.verify(LIMIT);
	}

	@Test
	void anAnswerWithinTheSlackIsTaken() {
		Sinks.One<byte[]> late = Sinks.one();
		this.answer = (request, response) -> response.sendByteArray(late.asMono());
		StepVerifier.create(this.receiver.receive(OPTIONS))
			.expectSubscription()
			.then(this::awaitRequest)
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(29)))
			.then(() -> late.tryEmitValue(answer(100).getBytes(StandardCharsets.UTF_8)))
			.assertNext((events) -> assertThat(events).hasSize(100))
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void anAnswerAfterTheCancelIsReleased() {
		Sinks.One<byte[]> late = Sinks.one();
		this.answer = (request, response) -> response.sendByteArray(late.asMono());
		Disposable receive = this.receiver.receive(OPTIONS).subscribe();
		awaitRequest();
		receive.dispose();
		late.tryEmitValue(answer(3).getBytes(StandardCharsets.UTF_8));
		await().atMost(LIMIT).until(() -> this.client.abandonedReceives().releasedEvents() == 3);
		assertThat(this.released).containsExactly("{\"lockTokens\":[\"token+/0==\",\"token+/1==\",\"token+/2==\"]}");
	}

	@Test
	void anAbandonedExchangeEndsWithTheWaitAndTheSlackToo() {
		Disposable receive = this.receiver.receive(OPTIONS).subscribe();
		awaitRequest();
		receive.dispose();
		assertThat(this.client.abandonedReceives().open()).isOne();
		this.time.advanceTimeBy(OPTIONS.maxWait().plus(SubscriptionRequests.RECEIVE_SLACK));
		assertThat(this.client.abandonedReceives().open()).isZero();
	}

	@Test
	void aConnectionThatBreaksInTheBodyIsATypedError() {
		this.answer = (request, response) -> raw(response,
				"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"value\":[", true);
		StepVerifier.create(this.receiver.receive(OPTIONS)).expectError(OutcomeUnknownException.class).verify(LIMIT);
	}

	@Test
	void wrongAnswersAreTypedErrors() {
		for (String body : List.of("", "null", "[]", "{}", "{\"value\":null}", "\"value\"", "<html/>", "{", "\u0000")) {
			answers(body.getBytes(StandardCharsets.UTF_8));
			StepVerifier.create(this.receiver.receive(OPTIONS)).expectErrorSatisfies((error) -> {
				assertThat(error).as(body).isInstanceOf(InvalidAnswerException.class);
				assertThat(error).hasMessageContaining("subscription 'orders/billing'");
			}).verify(LIMIT);
		}
	}

	@Test
	void errorsWithBodiesOfAnyKindKeepTheirStatus() {
		for (String body : List.of("", "<html>gateway</html>", "{", "[]", "{\"error\":null}", "{\"error\":{}}")) {
			this.answer = (request, response) -> response.status(502).sendString(Mono.just(body));
			StepVerifier.create(this.receiver.receive(OPTIONS))
				.expectErrorSatisfies((error) -> assertThat(error).as(body)
					.isInstanceOf(ServiceFailureException.class)
					.hasMessageContaining("502"))
				.verify(LIMIT);
		}
	}

	/**
	 * Break one event at each of its bytes: whatever is read of it, all tokens are there.
	 */
	@Test
	void noTokenOfABatchIsLostToADecodingError() {
		Random random = new Random(7);
		EventSamples samples = new EventSamples(7);
		Set<String> expected = Set.of("first", "broken", "last");
		for (int i = 0; i < 3000; i++) {
			String good = new String(write(samples.next()), StandardCharsets.UTF_8);
			byte[] broken = delivery("broken", good).getBytes(StandardCharsets.UTF_8);
			int start = "{\"brokerProperties\":{\"lockToken\":\"broken\",\"deliveryCount\":1},\"event\":".length();
			broken[start + random.nextInt(broken.length - start)] = (byte) random.nextInt(256);
			byte[] answer = join("{\"value\":[" + delivery("first", good) + ",", broken,
					"," + delivery("last", good) + "]}");
			List<ReceivedEvent> events = ReceiveAnswers.read(answer, answer.length);
			Set<String> tokens = new HashSet<>();
			events.forEach((event) -> tokens.add(event.lockToken()));
			assertThat(tokens).as("event %d of seed 7: %s", i, new String(answer, StandardCharsets.UTF_8))
				.containsAll(expected);
			assertThat(events.get(0)).isInstanceOf(ReceivedEvent.Valid.class);
		}
	}

	@Test
	void noBufferIsLostHoweverAnswersEnd() {
		Random random = new Random(11);
		byte[] body = answer(50).getBytes(StandardCharsets.UTF_8);
		List<Function<HttpServerResponse, Publisher<Void>>> endings = List.of(
				(response) -> response.sendByteArray(Mono.just(body)),
				(response) -> raw(response,
						"HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n{\"value\":[", true),
				(response) -> response.status(500).sendByteArray(Mono.just(body)),
				(response) -> response.sendByteArray(Mono.just("no json".getBytes(StandardCharsets.UTF_8))),
				(response) -> response.send(Flux.range(0, 10).map((part) -> Unpooled.wrappedBuffer(part(body, part))),
						(part) -> true));
		this.answer = (request, response) -> {
			synchronized (random) {
				return endings.get(random.nextInt(endings.size())).apply(response);
			}
		};
		AtomicInteger ended = new AtomicInteger();
		for (int i = 0; i < 300; i++) {
			boolean cancelled = i % 3 == 0;
			Mono<List<ReceivedEvent>> receive = this.receiver.receive(
					OPTIONS.withOnCancel(cancelled ? ReceiveOptions.OnCancel.CLOSE : ReceiveOptions.OnCancel.RELEASE));
			Mono<?> outcome = receive.onErrorComplete(AzureException.class);
			(cancelled ? outcome.timeout(Duration.ofMillis(random.nextInt(4))).onErrorComplete() : outcome)
				.doFinally((end) -> ended.incrementAndGet())
				.block(LIMIT);
		}
		await().atMost(LIMIT).until(() -> ended.get() == 300);
	}

	private static byte[] part(byte[] body, int part) {
		int from = body.length * part / 10;
		return Arrays.copyOfRange(body, from, body.length * (part + 1) / 10);
	}

	private static byte[] join(String start, byte[] middle, String end) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		joined.writeBytes(start.getBytes(StandardCharsets.UTF_8));
		joined.writeBytes(middle);
		joined.writeBytes(end.getBytes(StandardCharsets.UTF_8));
		return joined.toByteArray();
	}

	/**
	 * Write to the connection past the server's encoder.
	 */
	private static Publisher<Void> raw(HttpServerResponse response, String text, boolean close) {
		response.withConnection((connection) -> write(connection, text, close));
		return Mono.never();
	}

	private static void write(Connection connection, String text, boolean close) {
		ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
		var written = Objects.requireNonNull(connection.channel().pipeline().firstContext()).writeAndFlush(bytes);
		if (close) {
			written.addListener(ChannelFutureListener.CLOSE);
		}
	}

}
