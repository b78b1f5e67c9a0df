package dev.reactiveazure.eventgrid;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.clock.MovableClock;
import dev.reactiveazure.emulator.eventgrid.EventGridEmulator;
import dev.reactiveazure.emulator.http.FaultPlan;
import io.cloudevents.CloudEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for receives that nobody waits for any more, against the emulator.
 */
class AbandonedReceiveTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final ReceiveOptions OPTIONS = new ReceiveOptions(10, Duration.ofSeconds(10));

	private final FaultPlan faults = FaultPlan.create();

	private final MovableClock clock = MovableClock.startingAt(Instant.parse("2026-01-02T03:04:05Z"));

	private AzureEmulator emulator;

	private EventGridNamespaceClient client;

	private EventGridReceiverClient receiver;

	@BeforeEach
	void start() {
		this.emulator = AzureEmulator.builder()
			.tables(false)
			.subscription("orders/billing")
			.maxDeliveryCount(10_000)
			.lockDuration(Duration.ofDays(1))
			.faults(this.faults)
			.clock(this.clock)
			.start();
		this.client = EventGridNamespaceClient.builder()
			.endpoint(this.emulator.eventGridEndpoint())
			.credential(new AzureCredential.AccessKey(this.emulator.eventGridKey()))
			.options(ClientOptions.defaults().withRetry(RetryOptions.none()))
			.build();
		this.receiver = this.client.receiver("orders", "billing");
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.emulator.close();
	}

	private EventGridEmulator books() {
		return this.emulator.eventGrid();
	}

	private void publish(int count) {
		List<CloudEvent> events = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			events.add(GridEvent.builder("e" + i, URI.create("/shop"), "t").build());
		}
		this.client.publisher("orders").publish(events).block(LIMIT);
	}

	private void awaitOpenReceives(int count) {
		await().atMost(LIMIT).until(() -> books().openReceives("orders", "billing") == count);
	}

	private void abandonOne() {
		Disposable receive = this.receiver.receive(OPTIONS).subscribe();
		awaitOpenReceives(1);
		receive.dispose();
	}

	@Test
	void goOnAndReleaseWhatArrives() {
		abandonOne();
		assertThat(this.client.abandonedReceives()).isEqualTo(new AbandonedReceives(1, 1, 0, 0, 0));
		assertThat(books().openReceives("orders", "billing")).isOne();
		publish(3);
		await().atMost(LIMIT).until(() -> this.client.abandonedReceives().releasedEvents() == 3);
		assertThat(this.client.abandonedReceives()).isEqualTo(new AbandonedReceives(0, 1, 0, 3, 0));
		assertThat(books().openLocks("orders", "billing")).isEmpty();
		assertThat(books().pendingCount("orders", "billing")).isEqualTo(3);
	}

	@Test
	void goOnAfterATimeOutToo() {
		StepVerifier.create(this.receiver.receive(OPTIONS).timeout(Duration.ofMillis(200)))
			.expectError(TimeoutException.class)
			.verify(LIMIT);
		awaitOpenReceives(1);
		publish(1);
		await().atMost(LIMIT).until(() -> this.client.abandonedReceives().releasedEvents() == 1);
		assertThat(books().openLocks("orders", "billing")).isEmpty();
	}

	@Test
	void endWithTheirWaitWhenNothingArrives() {
		abandonOne();
		this.clock.advance(Duration.ofSeconds(10));
		await().atMost(LIMIT).until(() -> this.client.abandonedReceives().open() == 0);
		assertThat(this.client.abandonedReceives()).isEqualTo(new AbandonedReceives(0, 1, 0, 0, 0));
	}

	@Test
	void areClosedAtOnceWhereToldTo() {
		Disposable receive = this.receiver.receive(OPTIONS.withOnCancel(ReceiveOptions.OnCancel.CLOSE)).subscribe();
		awaitOpenReceives(1);
		receive.dispose();
		awaitOpenReceives(0);
		assertThat(this.client.abandonedReceives()).isEqualTo(new AbandonedReceives(0, 0, 0, 0, 0));
	}

	@Test
	void areTakenOverByTheNextReceive() {
		for (int i = 0; i < 20; i++) {
			abandonOne();
		}
		StepVerifier.create(this.client.receiver("orders", "billing").receive(OPTIONS))
			.then(() -> publish(1))
			.assertNext((
					events) -> assertThat(events).singleElement().extracting(ReceivedEvent::deliveryCount).isEqualTo(1))
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.client.abandonedReceives()).isEqualTo(new AbandonedReceives(0, 20, 20, 0, 0));
	}

	@Test
	void areNotTakenOverByAReceiveThatWantsFewerEvents() {
		abandonOne();
		Disposable other = this.receiver.receive(OPTIONS.withMaxEvents(9)).subscribe();
		awaitOpenReceives(2);
		assertThat(this.client.abandonedReceives().takenOver()).isZero();
		other.dispose();
	}

	@Test
	void areCountedWhenTheirEventsCannotBeReleased() {
		this.faults.when(FaultPlan.EVENT_GRID).path((path) -> path.endsWith(":release")).answer(500);
		abandonOne();
		publish(2);
		await().atMost(LIMIT).until(() -> this.client.abandonedReceives().strandedEvents() == 2);
		assertThat(books().openLocks("orders", "billing")).hasSize(2);
	}

	@Test
	void areClosedWithTheClient() {
		abandonOne();
		this.client.close();
		awaitOpenReceives(0);
		assertThat(this.client.abandonedReceives().open()).isZero();
	}

	@Test
	void sendNothingBeforeTheAnswerIsAskedFor() {
		StepVerifier.create(this.receiver.receive(OPTIONS), 0).expectSubscription().thenCancel().verify(LIMIT);
		assertThat(this.client.abandonedReceives().total()).isZero();
	}

	@Test
	void leaveNoLockAfterAThousandCancelsAtRandomMoments() throws Exception {
		Random random = new Random(20260102);
		Queue<String> taken = new ConcurrentLinkedQueue<>();
		int published = 0;
		for (int i = 0; i < 1000; i++) {
			int events = random.nextInt(4);
			if (events > 0) {
				publish(events);
				published += events;
			}
			receiveAndCancel(random, taken);
		}
		await().atMost(LIMIT).until(() -> {
			this.clock.advance(Duration.ofSeconds(10));
			return this.client.abandonedReceives().open() == 0;
		});
		await().atMost(LIMIT).until(() -> books().openLocks("orders", "billing").size() == taken.size());
		if (!taken.isEmpty()) {
			acknowledge(List.copyOf(taken));
		}
		AbandonedReceives abandoned = this.client.abandonedReceives();
		assertThat(books().openLocks("orders", "billing")).isEmpty();
		assertThat(books().pendingCount("orders", "billing")).isEqualTo(published - taken.size());
		assertThat(books().answersNeverRead("orders", "billing")).isEmpty();
		assertThat(abandoned.strandedEvents()).isZero();
		assertThat(abandoned.total()).isGreaterThan(100);
		assertThat(abandoned.releasedEvents()).isPositive();
	}

	private void acknowledge(List<String> tokens) {
		for (int from = 0; from < tokens.size(); from += 100) {
			List<String> some = tokens.subList(from, Math.min(tokens.size(), from + 100));
			SettlementResult result = this.receiver.acknowledge(some).block(LIMIT);
			assertThat(result).isEqualTo(new SettlementResult(some, List.of()));
		}
	}

	/**
	 * Receive for at most three milliseconds. What is handed over in the moment of the
	 * cancel is the subscriber's, as the rules of Reactive Streams say.
	 */
	private void receiveAndCancel(Random random, Queue<String> taken) throws InterruptedException {
		CountDownLatch ended = new CountDownLatch(1);
		BaseSubscriber<List<ReceivedEvent>> subscriber = new BaseSubscriber<>() {

			@Override
			protected void hookOnNext(List<ReceivedEvent> events) {
				events.forEach((event) -> taken.add(event.lockToken()));
			}

			@Override
			protected void hookFinally(SignalType type) {
				ended.countDown();
			}

		};
		this.receiver.receive(OPTIONS.withMaxEvents(1 + random.nextInt(100))).subscribe(subscriber);
		Schedulers.parallel().schedule(subscriber::cancel, random.nextInt(3000), TimeUnit.MICROSECONDS);
		assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
	}

}
