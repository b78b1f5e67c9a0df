package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import dev.reactiveazure.eventgrid.Requirement;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The state machine of an event, and what its transitions entail.
 */
class InFlightEventTests {

	private final Permits permits = new Permits(100, () -> {
	});

	private final List<EventOutcome> outcomes = Collections.synchronizedList(new ArrayList<>());

	private final InFlightEvents inFlight = new InFlightEvents(this.permits,
			new LockTimes(Duration.ofSeconds(60), Duration.ofHours(1), () -> 0.5),
			(event, outcome) -> this.outcomes.add(outcome));

	@Test
	@Requirement("L9")
	void goesFromReceivedOverRunningAndSettlingToItsEnd() {
		InFlightEvent event = receive();
		assertThat(event.start()).isTrue();
		assertThat(this.inFlight.beginSettling(event)).isTrue();
		this.inFlight.endSettling(List.of(event), EventOutcome.ACKNOWLEDGED);
		assertThat(event.state()).isEqualTo(EventState.ACKNOWLEDGED);
		assertThat(this.outcomes).containsExactly(EventOutcome.ACKNOWLEDGED);
		assertThat(this.permits.free()).isEqualTo(100);
		assertThat(this.inFlight.count()).isZero();
	}

	@Test
	@Requirement("L9")
	void neverGoesBack() {
		InFlightEvent event = receive();
		event.start();
		this.inFlight.beginSettling(event);
		assertThat(event.start()).isFalse();
		assertThat(this.inFlight.beginSettling(event)).isFalse();
		assertThat(this.inFlight.endOpen(event, EventOutcome.LOCK_LOST)).isFalse();
		this.inFlight.endSettling(List.of(event), EventOutcome.RELEASED);
		this.inFlight.endSettling(List.of(event), EventOutcome.ACKNOWLEDGED);
		assertThat(this.outcomes).containsExactly(EventOutcome.RELEASED);
		assertThat(this.permits.free()).isEqualTo(100);
	}

	@Test
	void isGivenBackWithoutHavingRun() {
		InFlightEvent event = receive();
		assertThat(this.inFlight.beginSettling(event)).isTrue();
		assertThat(event.start()).isFalse();
	}

	@Test
	@Requirement({ "L9", "L19" })
	void acknowledgeLosesAgainstALostLock() {
		InFlightEvent event = receive();
		event.start();
		assertThat(this.inFlight.endOpen(event, EventOutcome.LOCK_LOST)).isTrue();
		assertThat(this.inFlight.beginSettling(event)).isFalse();
		assertThat(this.permits.free()).isEqualTo(100);
		assertThat(this.inFlight.allSettling()).isTrue();
	}

	@Test
	@Requirement("L9")
	void endsOnceHoweverItsTransitionsInterleave() throws Exception {
		Random random = new Random(20261122);
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			for (int round = 0; round < 5_000; round++) {
				raceOnce(threads, random.nextInt(24));
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private void raceOnce(ExecutorService threads, int order) throws Exception {
		this.outcomes.clear();
		InFlightEvent event = receive();
		CyclicBarrier together = new CyclicBarrier(4);
		AtomicInteger wonSettling = new AtomicInteger();
		List<Runnable> moves = new ArrayList<>(List.of(event::start, () -> settle(event, wonSettling),
				() -> this.inFlight.endOpen(event, EventOutcome.LOCK_LOST), () -> settle(event, wonSettling)));
		Collections.rotate(moves, order);
		List<Future<?>> futures = new ArrayList<>();
		for (Runnable move : moves) {
			futures.add(threads.submit(() -> {
				together.await();
				move.run();
				return null;
			}));
		}
		for (Future<?> future : futures) {
			future.get();
		}
		assertThat(this.outcomes).hasSize(1);
		assertThat(wonSettling.get()).isLessThanOrEqualTo(1);
		assertThat(event.state().outcome()).isEqualTo(this.outcomes.get(0));
		assertThat(this.permits.free()).isEqualTo(100);
		assertThat(this.inFlight.allSettling()).isTrue();
		assertThat(this.inFlight.count()).isZero();
	}

	private void settle(InFlightEvent event, AtomicInteger won) {
		if (this.inFlight.beginSettling(event)) {
			won.incrementAndGet();
			this.inFlight.endSettling(List.of(event), EventOutcome.ACKNOWLEDGED);
		}
	}

	private InFlightEvent receive() {
		this.permits.take(1);
		return this.inFlight.add(List.of(ScriptedBroker.event("token", 1)), 0).get(0);
	}

}
