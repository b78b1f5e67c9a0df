package dev.reactiveazure.eventgrid;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.HttpPool;
import dev.reactiveazure.core.InvalidAnswerException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.PoolOptions;
import dev.reactiveazure.emulator.AzureEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.http.client.reactive.JdkClientHttpConnector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for a receive whose service answers wrongly, half, or never.
 */
class ReceiveFaultTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final ReceiveOptions OPTIONS = new ReceiveOptions(100, Duration.ofSeconds(10));

	private static final String GOOD = "{\"brokerProperties\":{\"lockToken\":\"good\",\"deliveryCount\":1},"
			+ "\"event\":{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"type\":\"t\"}}";

	private final Disposable.Composite resources = Disposables.composite();

	@AfterEach
	void release() {
		this.resources.dispose();
	}

	private EventGridNamespaceClient.Builder builder(String endpoint) {
		return EventGridNamespaceClient.builder().endpoint(endpoint).credential(new AzureCredential.AccessKey("k3y="));
	}

	private EventGridReceiverClient receiver(EventGridNamespaceClient client) {
		this.resources.add(client::close);
		return client.receiver("orders", "billing");
	}

	private String serviceThatAnswers(String body) {
		return service(
				(request, response) -> response.header("Content-Type", "application/json").sendString(Mono.just(body)));
	}

	private String service(BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler) {
		DisposableServer server = HttpServer.create().host("127.0.0.1").port(0).handle(handler).bindNow();
		this.resources.add(server::disposeNow);
		return "http://127.0.0.1:" + server.port();
	}

	private AzureEmulator emulator() {
		AzureEmulator emulator = AzureEmulator.builder()
			.tables(false)
			.subscription("orders/billing")
			.eventGridKey("k3y=")
			.start();
		this.resources.add(emulator::close);
		return emulator;
	}

	@Test
	void failsWithATypedErrorWhenTheAnswerIsNoJson() {
		EventGridReceiverClient receiver = receiver(builder(serviceThatAnswers("<html>secret</html>")).build());
		StepVerifier.create(receiver.receive(OPTIONS))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(InvalidAnswerException.class)
				.hasMessageContaining("subscription 'orders/billing'")
				.hasMessageContaining("not valid JSON")
				.hasMessageNotContaining("secret"))
			.verify(LIMIT);
	}

	@Test
	void keepsTheTokensOfTheGoodEventsWhenTheAnswerIsGarbled() {
		String answer = "{\"value\":[" + GOOD + "," + GOOD.replace("good", "after").replace("1.0", "1.0\"\"") + "]}";
		EventGridReceiverClient receiver = receiver(builder(serviceThatAnswers(answer)).build());
		List<ReceivedEvent> events = receiver.receive(OPTIONS).block(LIMIT);
		assertThat(events).extracting(ReceivedEvent::lockToken).containsExactly("good", "after");
		assertThat(events).first().isInstanceOf(ReceivedEvent.Valid.class);
	}

	@Test
	void endsWithItsWaitAndTheSlackWhenNoAnswerComes() {
		AtomicInteger requests = new AtomicInteger();
		String endpoint = service(
				(request, response) -> Mono.<Void>never().doOnSubscribe((waiting) -> requests.incrementAndGet()));
		VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
		EventGridReceiverClient receiver = receiver(builder(endpoint).scheduler(scheduler).build());
		StepVerifier.create(receiver.receive(OPTIONS))
			.expectSubscription()
			.then(() -> await().atMost(LIMIT).until(() -> requests.get() == 1))
			.then(() -> scheduler.advanceTimeBy(Duration.ofMillis(29_999)))
			.expectNoEvent(Duration.ZERO)
			.then(() -> scheduler.advanceTimeBy(Duration.ofMillis(1)))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(OutcomeUnknownException.class)
				.hasMessageContaining("30000 ms"))
			.verify(LIMIT);
	}

	@Test
	@Requirement("L6")
	void waitsOnConnectionsOfItsOwn() {
		AzureEmulator emulator = emulator();
		PoolOptions one = PoolOptions.defaults().withMaxConnections(1);
		HttpPool receivePool = HttpPool.create("receive", one);
		HttpPool pool = HttpPool.create("other", one);
		this.resources.add(receivePool);
		this.resources.add(pool);
		EventGridReceiverClient receiver = receiver(
				builder(emulator.eventGridEndpoint()).receiveConnector(receivePool.connector())
					.connector(pool.connector())
					.build());
		this.resources.add(receiver.receive(OPTIONS).onErrorComplete().subscribe());
		await().atMost(LIMIT).until(() -> emulator.eventGrid().openReceives("orders", "billing") == 1);
		StepVerifier.create(receiver.acknowledge(List.of("unknown")))
			.assertNext((result) -> assertThat(result.failed()).hasSize(1))
			.expectComplete()
			.verify(LIMIT);
		assertThat(emulator.eventGrid().openReceives("orders", "billing")).isOne();
	}

	@Test
	void worksOnAnotherConnectorThanReactorNettys() {
		AzureEmulator emulator = emulator();
		EventGridNamespaceClient client = builder(emulator.eventGridEndpoint()).connector(new JdkClientHttpConnector())
			.receiveConnector(new JdkClientHttpConnector())
			.build();
		EventGridReceiverClient receiver = receiver(client);
		GridEvent event = new EventSamples(1).next();
		client.publisher("orders").publish(event).block(LIMIT);
		StepVerifier
			.create(receiver.receive(OPTIONS)
				.flatMap((events) -> receiver.acknowledge(List.of(events.get(0).lockToken()))))
			.assertNext((result) -> assertThat(result.succeeded()).hasSize(1))
			.expectComplete()
			.verify(LIMIT);
	}

}
