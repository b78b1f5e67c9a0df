package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.Requirement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The state machine of an event under contention, as jcstress would do it: each actor
 * walks over the same thousands of events on a thread of its own, so that they meet at
 * most of them in ever other orders.
 */
class EventStateStressTests {

	private static final int EVENTS = 2_000;

	private static final int ROUNDS = 25;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicIntegerArray ends = new AtomicIntegerArray(EVENTS);

	private final AtomicIntegerArray settlers = new AtomicIntegerArray(EVENTS);

	private final AtomicReferenceArray<EventOutcome> reported = new AtomicReferenceArray<>(EVENTS);

	private final AtomicReferenceArray<EventOutcome> told = new AtomicReferenceArray<>(EVENTS);

	private final Permits permits = new Permits(EVENTS, () -> {
	});

	private final InFlightEvents inFlight = new InFlightEvents(this.permits,
			new LockTimes(Duration.ofSeconds(60), Duration.ofHours(1), () -> 0.5), this::ended);

	@AfterEach
	void endThreads() {
		this.threads.shutdownNow();
	}

	@Test
	@Requirement("L9")
	void theEndOfTheHandlerMeetsALostLock() throws Exception {
		race(this::handle, this::loseLock);
	}

	@Test
	@Requirement("L9")
	void theEndOfTheHandlerMeetsAStop() throws Exception {
		race(this::handle, this::giveBack);
	}

	@Test
	@Requirement("L9")
	void theUsersSettlementMeetsTheAutomaticOne() throws Exception {
		race(this::handle, this::settleByUser);
	}

	@Test
	@Requirement("L9")
	void theAnswerOfTheServiceMeetsTheEndOfTheTimeForStopping() throws Exception {
		race(this::settleByUser, this::answer, this::abandon);
	}

	@Test
	@Requirement("L9")
	void everythingMeetsAtOnce() throws Exception {
		race(this::handle, this::loseLock, this::giveBack, this::settleByUser, this::answer, this::abandon);
	}

	// == Actors ==

	private void handle(InFlightEvent event, int number) {
		if (event.start()) {
			settle(event, number);
			this.inFlight.endSettling(List.of(event), EventOutcome.ACKNOWLEDGED);
		}
	}

	private void giveBack(InFlightEvent event, int number) {
		if (settle(event, number)) {
			this.inFlight.endSettling(List.of(event), EventOutcome.RELEASED);
		}
	}

	private void settleByUser(InFlightEvent event, int number) {
		if (settle(event, number)) {
			event.outcome().subscribe((outcome) -> this.told.set(number, outcome));
		}
	}

	private void loseLock(InFlightEvent event, int number) {
		this.inFlight.endOpen(event, EventOutcome.LOCK_LOST);
	}

	private void answer(InFlightEvent event, int number) {
		this.inFlight.endSettling(List.of(event), EventOutcome.REJECTED);
	}

	private void abandon(InFlightEvent event, int number) {
		this.inFlight.endSettling(List.of(event), EventOutcome.DEADLINE);
	}

	private boolean settle(InFlightEvent event, int number) {
		boolean first = this.inFlight.beginSettling(event);
		if (first) {
			this.settlers.incrementAndGet(number);
		}
		return first;
	}

	// == Rounds ==

	private void race(Actor... actors) throws Exception {
		for (int round = 0; round < ROUNDS; round++) {
			List<InFlightEvent> events = receive();
			CyclicBarrier together = new CyclicBarrier(actors.length);
			List<Future<?>> running = new ArrayList<>();
			for (int i = 0; i < actors.length; i++) {
				Actor actor = actors[i];
				Random random = new Random(31L * round + i);
				running.add(this.threads.submit(() -> walk(actor, events, together, random)));
			}
			for (Future<?> actor : running) {
				actor.get(30, TimeUnit.SECONDS);
			}
			check(events);
		}
	}

	private static void walk(Actor actor, List<InFlightEvent> events, CyclicBarrier together, Random random) {
		try {
			together.await();
		}
		catch (InterruptedException | BrokenBarrierException ex) {
			throw new IllegalStateException(ex);
		}
		for (int number = 0; number < events.size(); number++) {
			for (int spins = random.nextInt(8); spins > 0; spins--) {
				Thread.onSpinWait();
			}
			actor.act(events.get(number), number);
		}
	}

	private List<InFlightEvent> receive() {
		ReceivedEvent[] received = new ReceivedEvent[EVENTS];
		for (int number = 0; number < EVENTS; number++) {
			received[number] = ScriptedBroker.event(Integer.toString(number), 1);
			this.ends.set(number, 0);
			this.settlers.set(number, 0);
			this.reported.set(number, null);
			this.told.set(number, null);
		}
		this.permits.take(EVENTS);
		return this.inFlight.add(List.of(received), 0);
	}

	private void check(List<InFlightEvent> events) {
		// What nobody ended, ends now: an event must not be stuck between two states.
		events.forEach((event) -> this.inFlight.endOpen(event, EventOutcome.LEFT));
		this.inFlight.endSettling(events, EventOutcome.DEADLINE);
		for (int number = 0; number < EVENTS; number++) {
			assertThat(this.ends.get(number)).as("ends of an event").isEqualTo(1);
			assertThat(this.settlers.get(number)).as("who settle an event").isLessThanOrEqualTo(1);
			assertThat(events.get(number).state().outcome()).isEqualTo(this.reported.get(number));
			EventOutcome heard = this.told.get(number);
			assertThat((heard != null) ? heard : this.reported.get(number)).isEqualTo(this.reported.get(number));
		}
		assertThat(this.permits.free()).isEqualTo(EVENTS);
		assertThat(this.inFlight.allSettling()).isTrue();
		assertThat(this.inFlight.count()).isZero();
	}

	private void ended(ReceivedEvent event, EventOutcome outcome) {
		int number = Integer.parseInt(event.lockToken());
		this.ends.incrementAndGet(number);
		this.reported.set(number, outcome);
	}

	private interface Actor {

		void act(InFlightEvent event, int number);

	}

}
