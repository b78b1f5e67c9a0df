package dev.reactiveazure.eventgrid;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.InvalidRequestException;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.http.FaultPlan;
import io.cloudevents.CloudEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link EventGridPublisherClient#publishAll}.
 */
class PublishAllTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final FaultPlan faults = FaultPlan.create();

	private final Disposable.Composite resources = Disposables.composite();

	private AzureEmulator emulator;

	private EventGridPublisherClient publisher;

	@BeforeEach
	void start() {
		this.emulator = AzureEmulator.builder()
			.tables(false)
			.subscription("orders/billing")
			.faults(this.faults)
			.start();
		this.resources.add(this.emulator::close);
		this.publisher = publisher(this.emulator.eventGridEndpoint(), this.emulator.eventGridKey());
	}

	@AfterEach
	void release() {
		this.resources.dispose();
	}

	private EventGridPublisherClient publisher(String endpoint, String key) {
		EventGridNamespaceClient client = EventGridNamespaceClient.builder()
			.endpoint(endpoint)
			.credential(new AzureCredential.AccessKey(key))
			.options(ClientOptions.defaults().withRetry(RetryOptions.defaults().withDelay(Duration.ofMillis(1))))
			.build();
		this.resources.add(client::close);
		return client.publisher("orders");
	}

	private static CloudEvent event(int number) {
		return GridEvent.builder("e" + number, URI.create("/shop"), "t").build();
	}

	private static CloudEvent event(String id, int bytes) {
		GridEvent.Builder event = GridEvent.builder(id, URI.create("/shop"), "t");
		int frame = ("{\"specversion\":\"1.0\",\"id\":\"" + id
				+ "\",\"source\":\"/shop\",\"type\":\"t\",\"datacontenttype\":\"text/plain\",\"data\":\"\"}")
			.length();
		return event.data("text/plain", EventData.text("x".repeat(bytes - frame))).build();
	}

	private List<PublishResult> publishAll(Flux<CloudEvent> events) {
		return publishAll(events, BulkPublishOptions.defaults());
	}

	private List<PublishResult> publishAll(Flux<CloudEvent> events, BulkPublishOptions options) {
		List<PublishResult> results = this.publisher.publishAll(events, options).collectList().block(LIMIT);
		assertThat(results).isNotNull();
		return results;
	}

	/**
	 * A service that counts what it is sent and answers as told.
	 */
	private EventGridPublisherClient stub(Mono<Void> answer, AtomicInteger open, Queue<Integer> sizes) {
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> request.receive().aggregate().asByteArray().flatMap((body) -> {
				open.incrementAndGet();
				sizes.add(body.length);
				return answer.then(response.sendString(Mono.just("{}")).then())
					.doFinally((end) -> open.decrementAndGet());
			}))
			.bindNow();
		this.resources.add(server::disposeNow);
		return publisher("http://127.0.0.1:" + server.port(), "k3y=");
	}

	@Test
	@Requirement("L39")
	void cutsByCountAndGivesAResultPerEvent() {
		List<PublishResult> results = publishAll(Flux.range(0, 2_500).map(PublishAllTests::event));
		assertThat(results).hasSize(2_500).allMatch(PublishResult::isPublished);
		assertThat(results).allSatisfy((result) -> assertThat(result.eventId()).isEqualTo("e" + result.index()));
		assertThat(new HashSet<>(results)).hasSize(2_500);
		assertThat(this.emulator.eventGrid().published("orders").requests()).isEqualTo(3);
		assertThat(this.emulator.eventGrid().pendingCount("orders", "billing")).isEqualTo(2_500);
	}

	@Test
	@Requirement("L39")
	void cutsByBytesWithBracketsAndCommas() {
		Queue<Integer> sizes = new ConcurrentLinkedQueue<>();
		this.publisher = stub(Mono.empty(), new AtomicInteger(), sizes);
		BulkPublishOptions options = BulkPublishOptions.defaults().withMaxBytes(10_000);
		List<PublishResult> results = publishAll(Flux.range(100, 100).map((number) -> event("e" + number, 924)),
				options);
		assertThat(results).hasSize(100).allMatch(PublishResult::isPublished);
		// Ten events with the room for a trace each, nine commas and two brackets.
		assertThat(sizes).hasSize(10).containsOnly(10 * 924 + 11);
	}

	@Test
	@Requirement("L39")
	void failsAnOversizeEventAloneAndSaysWhich() {
		List<PublishResult> results = publishAll(
				Flux.just(event(0), event("fits", 999_998), event("big", 999_999), event(3)));
		assertThat(results).filteredOn((result) -> !result.isPublished())
			.singleElement()
			.isInstanceOfSatisfying(PublishResult.Failed.class, (failed) -> {
				assertThat(failed.index()).isEqualTo(2);
				assertThat(failed.eventId()).isEqualTo("big");
				assertThat(failed.error()).isInstanceOf(IllegalArgumentException.class)
					.hasMessageContaining("Event 'big' of type 't' takes 999999 bytes")
					.hasMessageContaining("at most 999998");
			});
		assertThat(results).filteredOn(PublishResult::isPublished)
			.extracting(PublishResult::index)
			.containsExactlyInAnyOrder(0L, 1L, 3L);
	}

	@Test
	void failsAnEventThatCannotBeMadeAlone() {
		List<PublishResult> results = this.publisher
			.publishAll(Flux.range(0, 3), (number) -> event(6 / (number - 1)), BulkPublishOptions.defaults())
			.collectList()
			.block(LIMIT);
		assertThat(results).filteredOn((result) -> !result.isPublished())
			.singleElement()
			.isInstanceOfSatisfying(PublishResult.Failed.class, (failed) -> {
				assertThat(failed.index()).isEqualTo(1);
				assertThat(failed.eventId()).isNull();
				assertThat(failed.error()).isInstanceOf(ArithmeticException.class);
			});
	}

	@Test
	@Requirement("L39")
	void failsTheEventsOfAFailedRequestAndNoOthers() {
		this.faults.when(FaultPlan.EVENT_GRID).nth(2).answer(400);
		BulkPublishOptions options = new BulkPublishOptions(1, 10, 1_000_000);
		List<PublishResult> results = publishAll(Flux.range(0, 30).map(PublishAllTests::event), options);
		assertThat(results).hasSize(30);
		assertThat(results).filteredOn((result) -> !result.isPublished())
			.hasSize(10)
			.allSatisfy((failed) -> assertThat(((PublishResult.Failed) failed).error())
				.isInstanceOf(InvalidRequestException.class))
			.extracting(PublishResult::index)
			.containsExactly(10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
	}

	@Test
	void publishesTheSameIdsAgainAfterALostAnswer() {
		AtomicInteger made = new AtomicInteger();
		this.faults.when(FaultPlan.EVENT_GRID).nth(1).dropAfter();
		List<PublishResult> results = this.publisher
			.publishAll(Flux.range(0, 5), (number) -> event(made.getAndIncrement()), BulkPublishOptions.defaults())
			.collectList()
			.block(LIMIT);
		assertThat(results).hasSize(5).allMatch(PublishResult::isPublished);
		assertThat(made).hasValue(5);
		assertThat(this.emulator.eventGrid().histories("orders", "billing")).extracting((history) -> history.eventId())
			.containsExactlyInAnyOrder("e0", "e1", "e2", "e3", "e4", "e0", "e1", "e2", "e3", "e4");
	}

	@Test
	@Requirement("L39")
	void boundsRequestsOnTheirWayAndWhatItAsksTheSourceFor() {
		AtomicInteger open = new AtomicInteger();
		AtomicLong most = new AtomicLong();
		AtomicLong emitted = new AtomicLong();
		EventGridPublisherClient stuck = stub(Mono.never(), open, new ConcurrentLinkedQueue<>());
		Flux<CloudEvent> endless = Flux.range(0, 1_000_000)
			.doOnRequest((n) -> most.accumulateAndGet(n, Math::max))
			.map(PublishAllTests::event)
			.doOnNext((event) -> emitted.incrementAndGet());
		this.resources.add(stuck.publishAll(endless, new BulkPublishOptions(3, 100, 1_000_000)).subscribe());
		await().atMost(LIMIT).until(() -> open.get() == 3);
		await().during(Duration.ofMillis(200)).atMost(LIMIT).until(() -> open.get() == 3);
		assertThat(most.get()).isLessThanOrEqualTo(256);
		assertThat(emitted.get()).isBetween(300L, 300L + 100 + 256);
	}

	@Test
	void asksForNothingWithoutDemand() {
		TestPublisher<CloudEvent> source = TestPublisher.create();
		StepVerifier.create(this.publisher.publishAll(source), 0)
			.expectSubscription()
			.then(() -> assertThat(source.wasRequested()).isFalse())
			.thenRequest(1)
			.then(source::assertWasRequested)
			.then(() -> source.next(event(0), event(1)))
			.expectNextCount(1)
			.thenRequest(1)
			.expectNextCount(1)
			.then(source::complete)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void doesNotWaitForASlowSource() {
		TestPublisher<CloudEvent> source = TestPublisher.create();
		StepVerifier.create(this.publisher.publishAll(source))
			.then(() -> source.next(event(0)))
			.expectNext(new PublishResult.Published(0, "e0"))
			.then(() -> source.next(event(1)))
			.expectNext(new PublishResult.Published(1, "e1"))
			.then(source::complete)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void failsWithItsSourceAfterTheResultsOfWhatCameBefore() {
		StepVerifier
			.create(this.publisher
				.publishAll(Flux.<CloudEvent>just(event(0)).concatWith(Mono.error(new IllegalStateException("boom")))))
			.expectNext(new PublishResult.Published(0, "e0"))
			.expectErrorMessage("boom")
			.verify(LIMIT);
	}

	@Test
	void cancelsSourceAndRequests() {
		AtomicInteger open = new AtomicInteger();
		AtomicBoolean cancelled = new AtomicBoolean();
		EventGridPublisherClient stuck = stub(Mono.never(), open, new ConcurrentLinkedQueue<>());
		Flux<CloudEvent> source = Flux.<CloudEvent>just(event(0))
			.concatWith(Mono.never())
			.doOnCancel(() -> cancelled.set(true));
		Disposable publishing = stuck.publishAll(source).subscribe();
		await().atMost(LIMIT).until(() -> open.get() == 1);
		publishing.dispose();
		assertThat(cancelled).isTrue();
		await().atMost(LIMIT).until(() -> open.get() == 0);
	}

	@Test
	void completesForNoEvents() {
		StepVerifier.create(this.publisher.publishAll(Flux.empty())).expectComplete().verify(LIMIT);
	}

	@Test
	void givesEachOfAHundredThousandEventsItsResult() {
		Set<Long> seen = new HashSet<>();
		Long published = this.publisher.publishAll(Flux.range(0, 100_000).map(PublishAllTests::event))
			.doOnNext((result) -> seen.add(result.index()))
			.filter(PublishResult::isPublished)
			.count()
			.block(LIMIT);
		assertThat(published).isEqualTo(100_000);
		assertThat(seen).hasSize(100_000);
		assertThat(this.emulator.eventGrid().published("orders").items()).isEqualTo(100_000);
	}

	@Test
	void namesOptionsThatAreOutOfRange() {
		BulkPublishOptions options = BulkPublishOptions.defaults();
		assertThatIllegalArgumentException().isThrownBy(() -> options.withMaxConcurrency(0))
			.withMessageContaining("maxConcurrency");
		assertThatIllegalArgumentException().isThrownBy(() -> options.withMaxEvents(0))
			.withMessageContaining("maxEvents");
		assertThatIllegalArgumentException().isThrownBy(() -> options.withMaxBytes(1_000_001))
			.withMessageContaining("maxBytes");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.publisher.publishAll(Flux.empty(), options.withMaxEvents(1_001)))
			.withMessageContaining("1001");
	}

}
