package dev.reactiveazure.eventgrid;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.eventgrid.EventGridEmulator;
import dev.reactiveazure.emulator.eventgrid.EventGridOperation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Four receivers compete for the events of one subscription, releasing, rejecting and
 * forgetting some. 20,000 events, or as many as the system property
 * {@code eventgrid.load.events} says:
 *
 * <pre class="code">
 * mvn -pl eventgrid test -Dtest=CompetingReceiversTests -Deventgrid.load.events=1000000
 * </pre>
 */
class CompetingReceiversTests {

	private static final Log logger = LogFactory.getLog(CompetingReceiversTests.class);

	private static final int EVENTS = Integer.getInteger("eventgrid.load.events", 20_000);

	/** The source waits for the receivers beyond this many pending events. */
	private static final int MOST_PENDING = 20_000;

	private static final Duration LIMIT = Duration.ofMinutes(15);

	private final AtomicLong acknowledged = new AtomicLong();

	private final AtomicLong lost = new AtomicLong();

	private final AtomicLong mostPending = new AtomicLong();

	private final AtomicLong mostHeap = new AtomicLong();

	@Test
	void acknowledgeOrGiveUpEveryEvent() {
		try (AzureEmulator emulator = AzureEmulator.builder()
			.tables(false)
			.subscription("orders/billing")
			.lockDuration(Duration.ofMillis(1500))
			.maxDeliveryCount(4)
			.start(); EventGridNamespaceClient client = client(emulator)) {
			long start = System.nanoTime();
			EventGridEmulator books = emulator.eventGrid();
			Mono<Long> publishing = publish(client, books).subscribeOn(Schedulers.boundedElastic());
			Flux<Void> receiving = Flux.range(0, 4)
				.flatMap((seed) -> receive(client.receiver("orders", "billing"), books, new Random(seed)));
			Long published = publishing.mergeWith(receiving.then(Mono.empty())).blockLast(LIMIT);
			assertThat(published).isEqualTo(EVENTS);
			report(books, System.nanoTime() - start);
			assertThat(books.pendingCount("orders", "billing")).isZero();
			assertThat(books.openLocks("orders", "billing")).isEmpty();
			assertThat(this.acknowledged.get() + books.deadLetterCount("orders", "billing")).isEqualTo(EVENTS);
			assertThat(books.deadLetterCount("orders", "billing")).isPositive();
			assertThat(this.lost).hasPositiveValue();
			assertThat(this.mostPending.get()).isLessThanOrEqualTo(MOST_PENDING + 10_000);
		}
	}

	private static EventGridNamespaceClient client(AzureEmulator emulator) {
		return EventGridNamespaceClient.builder()
			.endpoint(emulator.eventGridEndpoint())
			.credential(new AzureCredential.AccessKey(emulator.eventGridKey()))
			.build();
	}

	private Mono<Long> publish(EventGridNamespaceClient client, EventGridEmulator books) {
		Flux<Integer> numbers = Flux.range(0, EVENTS / 1000)
			.concatMap((thousand) -> room(books).thenMany(Flux.range(thousand * 1000, 1000)), 1);
		return client.publisher("orders")
			.publishAll(numbers, (number) -> GridEvent.builder("e" + number, URI.create("/load"), "t").build(),
					BulkPublishOptions.defaults())
			.filter(PublishResult::isPublished)
			.count();
	}

	/**
	 * Wait until the receivers have caught up, and look at the heap.
	 */
	private Mono<Void> room(EventGridEmulator books) {
		return Mono.defer(() -> {
			int pending = books.pendingCount("orders", "billing");
			this.mostPending.accumulateAndGet(pending, Math::max);
			Runtime runtime = Runtime.getRuntime();
			this.mostHeap.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
			return (pending < MOST_PENDING) ? Mono.<Boolean>just(true) : Mono.<Boolean>empty();
		}).repeatWhenEmpty((tries) -> tries.delayElements(Duration.ofMillis(20))).then();
	}

	private Mono<Void> receive(EventGridReceiverClient receiver, EventGridEmulator books, Random random) {
		ReceiveOptions options = new ReceiveOptions(100, Duration.ofSeconds(10));
		return receiver.receive(options)
			// An abandoned receive is gone on with by the next one.
			.timeout(Duration.ofMillis(500))
			.onErrorResume(TimeoutException.class, (timeout) -> Mono.just(List.of()))
			.flatMap((events) -> settle(receiver, events, random))
			.repeat(() -> !isOver(books))
			.then();
	}

	private static boolean isOver(EventGridEmulator books) {
		return books.published("orders").items() >= EVENTS && books.pendingCount("orders", "billing") == 0;
	}

	private Mono<Void> settle(EventGridReceiverClient receiver, List<ReceivedEvent> events, Random random) {
		List<String> acknowledge = new ArrayList<>();
		List<String> release = new ArrayList<>();
		List<String> reject = new ArrayList<>();
		for (ReceivedEvent event : events) {
			int chance = random.nextInt(100);
			if (chance < 5) {
				release.add(event.lockToken());
			}
			else if (chance < 6) {
				reject.add(event.lockToken());
			}
			else if (chance < 7) {
				// Its acknowledgement gets lost: the lock expires.
				this.lost.incrementAndGet();
			}
			else {
				acknowledge.add(event.lockToken());
			}
		}
		return Mono.when(
				receiver.acknowledge(acknowledge)
					.doOnNext((result) -> this.acknowledged.addAndGet(result.succeeded().size())),
				receiver.release(release, ReleaseDelay.NONE), receiver.reject(reject));
	}

	private void report(EventGridEmulator books, long nanos) {
		double seconds = nanos / 1e9;
		logger.info(String.format(
				"%,d events in %.1f s (%,.0f/s): %,d acknowledged, %,d dead-lettered, %,d deliveries, "
						+ "%,d acknowledgements lost, at most %,d pending, heap at most %,d MiB",
				EVENTS, seconds, EVENTS / seconds, this.acknowledged.get(), books.deadLetterCount("orders", "billing"),
				books.count("orders", "billing", EventGridOperation.RECEIVE).items(), this.lost.get(),
				this.mostPending.get(), this.mostHeap.get() / (1024 * 1024)));
	}

}
