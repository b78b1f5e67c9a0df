package dev.reactiveazure.eventgrid.template;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureOperationContext;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.eventgrid.EventGridOperation;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.PublishResult;
import dev.reactiveazure.eventgrid.ReceiveOptions;
import dev.reactiveazure.eventgrid.ReleaseDelay;
import dev.reactiveazure.eventgrid.Requirement;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Fetching and settling with the template, for those who poll, and its operations for
 * those who block.
 */
class PollingTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final ReceiveOptions OPTIONS = new ReceiveOptions(100, Duration.ofSeconds(10));

	/** What waits for more to settle waits until a test says so. */
	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final Queue<String> observed = new ConcurrentLinkedQueue<>();

	private AzureEmulator emulator;

	private EventGridNamespaceClient client;

	private EventGridTemplate template;

	record OrderPlaced(String id) {
	}

	@BeforeEach
	void start() {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new Watching());
		this.emulator = AzureEmulator.builder().tables(false).subscription("orders/billing").start();
		this.client = EventGridNamespaceClient.builder()
			.endpoint(this.emulator.eventGridEndpoint())
			.credential(new AzureCredential.AccessKey(this.emulator.eventGridKey()))
			.observationRegistry(observations)
			.scheduler(this.time)
			.build();
		this.template = new EventGridTemplate(this.client,
				new CloudEventFactory(JsonMapper.shared(), URI.create("/shop")),
				new PayloadConverter(JsonMapper.shared()));
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.emulator.close();
		this.time.dispose();
	}

	@Test
	@Requirement("L38")
	void fetchesPayloadsAndSettlesEachAsToldTo() {
		publish(new OrderPlaced("1"), new OrderPlaced("2"), new OrderPlaced("3"));
		List<PolledEvent<OrderPlaced>> events = receive();
		assertThat(events).extracting(PolledEvent::payload)
			.containsExactly(new OrderPlaced("1"), new OrderPlaced("2"), new OrderPlaced("3"));
		events.get(0).renewLock().then(events.get(0).acknowledge()).block(LIMIT);
		events.get(1).release(ReleaseDelay.NONE).block(LIMIT);
		events.get(2).reject().block(LIMIT);
		assertThat(receive()).singleElement().satisfies((event) -> {
			assertThat(event.payload().id()).isEqualTo("2");
			assertThat(event.deliveryCount()).isEqualTo(2);
		});
	}

	@Test
	@Requirement("L38")
	void fetchesTheOthersThoughOneCannotBeConverted() {
		publish(new OrderPlaced("1"), List.of("no", "order"));
		List<PolledEvent<OrderPlaced>> events = receive();
		assertThat(events.get(0).payload().id()).isEqualTo("1");
		assertThatExceptionOfType(EventConversionException.class).isThrownBy(() -> events.get(1).payload());
	}

	@Test
	@Requirement("L38")
	void saysThatALockIsLost() {
		publish(new OrderPlaced("1"));
		PolledEvent<OrderPlaced> event = receive().get(0);
		this.emulator.eventGrid().expireLock("orders", "billing", event.received().lockToken());
		StepVerifier.create(event.acknowledge()).expectErrorSatisfies((error) -> {
			assertThat(error).hasMessageContaining("Could not acknowledge event '" + event.event().getId() + "'");
			assertThat(((EventNotSettledException) error).isLockLost()).isTrue();
		}).verify(LIMIT);
	}

	@Test
	@Requirement("L38")
	void processesAndSettlesByOutcomeInFewRequests() {
		publish(new OrderPlaced("1"), new OrderPlaced("2"), List.of("no order"), new OrderPlaced("4"));
		List<ProcessedEvent<OrderPlaced>> processed = process((event) -> "2".equals(event.payload().id())
				? Mono.error(new IllegalStateException("x")) : Mono.empty());
		assertThat(processed).hasSize(4)
			.filteredOn((one) -> one instanceof ProcessedEvent.Acknowledged)
			.extracting((one) -> one.event().payload().id())
			.containsExactly("1", "4");
		assertThat(processed).filteredOn((one) -> one instanceof ProcessedEvent.Released)
			.extracting((one) -> ((ProcessedEvent.Released<OrderPlaced>) one).cause().getClass().getSimpleName())
			.containsExactly("IllegalStateException", "EventConversionException");
		assertThat(requests(EventGridOperation.ACKNOWLEDGE)).isOne();
		assertThat(requests(EventGridOperation.RELEASE)).isOne();
		assertThat(this.emulator.eventGrid().openLocks("orders", "billing")).isEmpty();
		assertThat(this.emulator.eventGrid().pendingCount("orders", "billing")).isEqualTo(2);
	}

	@Test
	@Requirement("L38")
	void settlesWhatHasEndedWhileAnotherEventIsHandled() {
		publish(new OrderPlaced("1"), new OrderPlaced("2"));
		Sinks.Empty<Void> second = Sinks.empty();
		CountDownLatch handling = new CountDownLatch(1);
		Flux<String> settled = this.template
			.process("orders", "billing", OrderPlaced.class, OPTIONS,
					(event) -> "1".equals(event.payload().id()) ? Mono.empty()
							: second.asMono().doOnSubscribe((subscription) -> handling.countDown()))
			.map((one) -> one.event().payload().id());
		StepVerifier.create(settled)
			.then(() -> arrived(handling))
			.then(() -> assertThat(requests(EventGridOperation.ACKNOWLEDGE)).isZero())
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(10)))
			.expectNext("1")
			.then(second::tryEmitEmpty)
			.expectNext("2")
			.expectComplete()
			.verify(LIMIT);
		assertThat(requests(EventGridOperation.ACKNOWLEDGE)).isEqualTo(2);
	}

	@Test
	@Requirement("L38")
	void saysWhichProcessedEventWasNotSettled() {
		publish(new OrderPlaced("1"), new OrderPlaced("2"));
		List<ProcessedEvent<OrderPlaced>> processed = process((event) -> {
			if ("1".equals(event.payload().id())) {
				this.emulator.eventGrid().expireLock("orders", "billing", event.received().lockToken());
			}
			return Mono.empty();
		});
		assertThat(processed).filteredOn((one) -> one instanceof ProcessedEvent.NotSettled)
			.singleElement()
			.satisfies((one) -> assertThat(one.event().payload().id()).isEqualTo("1"));
	}

	@Test
	@Requirement("L38")
	void givesBackWhatIsNotSettledWhenItIsCancelled() {
		publish(new OrderPlaced("1"), new OrderPlaced("2"));
		CountDownLatch handling = new CountDownLatch(2);
		Disposable processing = this.template
			.process("orders", "billing", OrderPlaced.class, OPTIONS,
					(event) -> Mono.never().doOnSubscribe((subscription) -> handling.countDown()))
			.subscribe();
		arrived(handling);
		processing.dispose();
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(this.emulator.eventGrid().openLocks("orders", "billing")).isEmpty());
		assertThat(receive()).hasSize(2);
	}

	@Test
	@Requirement("L38")
	void blocksForThoseWhoMay() {
		BlockingEventGridOperations events = this.template.blocking();
		events.publish("orders", new OrderPlaced("1"));
		events.publishAll("orders", List.of(new OrderPlaced("2"), new OrderPlaced("3")));
		List<PublishResult> results = events.publishEach("orders", List.of(new OrderPlaced("4")));
		assertThat(results).singleElement().isInstanceOf(PublishResult.Published.class);
		assertThat(events.receive("orders", "billing", OrderPlaced.class, OPTIONS)).hasSize(4);
		assertThatExceptionOfType(NotFoundException.class)
			.isThrownBy(() -> events.publish("nowhere", new OrderPlaced("5")));
	}

	@Test
	@Requirement("L34")
	void isObserved() {
		publish(new OrderPlaced("1"));
		receive().get(0).acknowledge().block(LIMIT);
		assertThat(this.observed).containsExactly("azure.eventgrid.publish orders", "azure.eventgrid.receive orders",
				"azure.eventgrid.settle orders");
	}

	private void publish(Object... payloads) {
		this.template.publishAll("orders", List.of(payloads)).block(LIMIT);
	}

	private List<PolledEvent<OrderPlaced>> receive() {
		return Objects
			.requireNonNull(this.template.receive("orders", "billing", OrderPlaced.class, OPTIONS).block(LIMIT));
	}

	private List<ProcessedEvent<OrderPlaced>> process(Function<PolledEvent<OrderPlaced>, Mono<Void>> handler) {
		return Objects.requireNonNull(this.template.process("orders", "billing", OrderPlaced.class, OPTIONS, handler)
			.collectList()
			.block(LIMIT));
	}

	private static void arrived(CountDownLatch awaited) {
		await().atMost(LIMIT).untilAsserted(() -> assertThat(awaited.getCount()).isZero());
	}

	private long requests(EventGridOperation operation) {
		return this.emulator.eventGrid().count("orders", "billing", operation).requests();
	}

	/**
	 * Notes the name of each observation and its topic.
	 */
	private final class Watching implements ObservationHandler<Observation.Context> {

		@Override
		public void onStop(Observation.Context context) {
			PollingTests.this.observed.add(context.getName() + " "
					+ Objects.requireNonNull(context.getLowCardinalityKeyValue("messaging.destination.name"))
						.getValue());
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof AzureOperationContext;
		}

	}

}
