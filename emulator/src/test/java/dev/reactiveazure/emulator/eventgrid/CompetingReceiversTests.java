package dev.reactiveazure.emulator.eventgrid;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.reactiveazure.emulator.clock.MovableClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Receivers that share one subscription over HTTP while events are published.
 */
class CompetingReceiversTests {

	private static final int EVENTS = 2_000;

	private static final int RECEIVERS = 4;

	private final MovableClock clock = MovableClock.startingAt(Instant.parse("2026-01-02T03:04:05Z"));

	private final Wire wire = new Wire(EventGridSettings.builder().maxDeliveryCount(3).build(), this.clock);

	private final ExecutorService threads = Executors.newFixedThreadPool(RECEIVERS);

	@AfterEach
	void close() {
		this.threads.shutdownNow();
		this.wire.close();
	}

	@Test
	void settleEachEventExactlyOnceAndLoseNone() throws Exception {
		this.wire.emulator.declareSubscription("orders", "billing");
		Set<String> acknowledged = ConcurrentHashMap.newKeySet();
		List<Callable<Void>> receivers = IntStream.range(0, RECEIVERS)
			.<Callable<Void>>mapToObj((seed) -> () -> receiveAll(new Random(seed), acknowledged))
			.toList();
		List<Future<Void>> running = new ArrayList<>();
		receivers.forEach((receiver) -> running.add(this.threads.submit(receiver)));
		publishAll();
		for (Future<Void> receiver : running) {
			awaitEnd(receiver);
		}

		List<String> dead = this.wire.emulator.deadLetters("orders", "billing")
			.stream()
			.map(DeadLetter::eventId)
			.toList();
		assertThat(dead).isNotEmpty().doesNotHaveDuplicates().doesNotContainAnyElementsOf(acknowledged);
		assertThat(acknowledged.size() + dead.size()).isEqualTo(EVENTS);
		assertThat(this.wire.emulator.openLocks("orders", "billing")).isEmpty();
		assertThat(this.wire.emulator.histories("orders", "billing"))
			.allMatch((history) -> history.count(EventStep.Kind.ACKNOWLEDGED)
					+ history.count(EventStep.Kind.DEAD_LETTERED) == 1);
	}

	/** Ends the polls that still wait when there is nothing left to receive. */
	private void awaitEnd(Future<Void> receiver) throws Exception {
		for (int attempt = 0; attempt < 1000; attempt++) {
			try {
				receiver.get(100, TimeUnit.MILLISECONDS);
				return;
			}
			catch (TimeoutException ex) {
				if (isFinished()) {
					this.clock.advance(Duration.ofSeconds(10));
				}
			}
		}
		throw new AssertionError("The receivers did not end");
	}

	private void publishAll() {
		for (int first = 0; first < EVENTS; first += 100) {
			String events = IntStream.range(first, first + 100)
				.mapToObj((number) -> Wire.event("e" + number))
				.collect(Collectors.joining(",", "[", "]"));
			assertThat(this.wire.publish("orders", Wire.BATCH, events).status()).isEqualTo(200);
		}
	}

	private Void receiveAll(Random random, Set<String> acknowledged) {
		while (!isFinished()) {
			Wire.Answer answer = this.wire.receive("&maxWaitTime=10&maxEvents=" + (1 + random.nextInt(100)));
			settle(answer, random, acknowledged);
		}
		return null;
	}

	private boolean isFinished() {
		return this.wire.emulator.published("orders").items() == EVENTS
				&& this.wire.emulator.pendingCount("orders", "billing") == 0;
	}

	private void settle(Wire.Answer answer, Random random, Set<String> acknowledged) {
		List<String> acknowledge = new ArrayList<>();
		List<String> release = new ArrayList<>();
		List<String> ids = new ArrayList<>();
		StreamSupport.stream(answer.json().get("value").spliterator(), false).forEach((event) -> {
			String token = event.at("/brokerProperties/lockToken").asString();
			if (random.nextInt(4) == 0) {
				release.add(token);
			}
			else {
				acknowledge.add(token);
				ids.add(event.at("/event/id").asString());
			}
		});
		assertThat(this.wire.settle("release", release).json().get("failedLockTokens")).isEmpty();
		assertThat(this.wire.settle("acknowledge", acknowledge).json().get("failedLockTokens")).isEmpty();
		ids.forEach((id) -> assertThat(acknowledged.add(id)).as("event %s acknowledged once", id).isTrue());
	}

}
