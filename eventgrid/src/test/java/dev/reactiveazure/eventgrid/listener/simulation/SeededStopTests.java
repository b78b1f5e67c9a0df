package dev.reactiveazure.eventgrid.listener.simulation;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.reactiveazure.emulator.eventgrid.EventGridSettings;
import dev.reactiveazure.emulator.eventgrid.EventHistory;
import dev.reactiveazure.emulator.eventgrid.EventStep;
import dev.reactiveazure.emulator.eventgrid.OpenLock;
import dev.reactiveazure.emulator.http.Fault;
import dev.reactiveazure.emulator.http.FaultPlan;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.listener.ContainerOptions;
import dev.reactiveazure.eventgrid.listener.Delivery;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainer;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainerFactory;
import dev.reactiveazure.eventgrid.listener.EventGridListenerEndpoint;
import dev.reactiveazure.eventgrid.listener.EventHandler;
import dev.reactiveazure.eventgrid.listener.OpenPollOnStop;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners are stopped at random moments of random work, while calls fail at random.
 * {@code -Dlistener.stop.seeds=1000} says how often.
 */
class SeededStopTests {

	private static final int SEEDS = Integer.getInteger("listener.stop.seeds", 25);

	private static final int FIRST = Integer.getInteger("listener.stop.first", 0);

	private int neverRead;

	@Test
	@Requirement({ "L9", "L29", "L30" })
	void leavesNoLockWhereItAwaitsTheOpenReceive() {
		for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
			stopSomewhere(seed, OpenPollOnStop.AWAIT);
		}
		assertThat(this.neverRead).isZero();
		System.out.println(SEEDS + " stops that awaited the open receive: no lock left");
	}

	@Test
	@Requirement({ "L9", "L29", "L30" })
	void leavesOnlyLocksOfAnswersNeverReadWhereItClosesTheOpenReceive() {
		for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
			stopSomewhere(seed, OpenPollOnStop.CLOSE);
		}
		System.out.println(SEEDS + " stops that closed the open receive: " + this.neverRead
				+ " locks left, all of answers never read");
	}

	private void stopSomewhere(int seed, OpenPollOnStop mode) {
		String name = mode + ", seed " + seed;
		int events;
		try (Simulation simulation = Simulation.withoutBlackHoles(seed, EventGridSettings.defaults())) {
			Random random = simulation.random();
			events = 1 + random.nextInt(300);
			simulation.publish(0, events);
			plan(simulation.faults());
			Queue<ReceivedEvent> ended = new ConcurrentLinkedQueue<>();
			EventGridListenerContainer container = start(simulation, mode, ended);
			simulation.run(Duration.ofMillis(random.nextInt(20_000)));
			if (random.nextBoolean()) {
				simulation.publish(events, 50);
				events += 50;
			}

			SimulatedDayTests.stop(simulation, container);

			assertThat(container.isRunning()).as(name).isFalse();
			assertThat(container.status().inFlight()).as(name).isZero();
			assertOnlyUnreadAnswersHoldLocks(simulation, name);
			assertNothingIsLost(simulation, events, name);
			assertThat(new HashSet<>(ended.stream().map(ReceivedEvent::lockToken).toList()))
				.as("each delivery ended once, " + name)
				.hasSameSizeAs(ended);
		}
	}

	private static EventGridListenerContainer start(Simulation simulation, OpenPollOnStop mode,
			Queue<ReceivedEvent> ended) {
		Random random = simulation.random();
		int longest = 1 + random.nextInt(3000);
		int failing = random.nextInt(50);
		ContainerOptions options = ContainerOptions.builder()
			.concurrency(1 + random.nextInt(40))
			.receiving((receiving) -> receiving.maxWait(Duration.ofSeconds(10 + random.nextInt(50))))
			.lifecycle((lifecycle) -> lifecycle.keepAlive(false).openPollOnStop(mode))
			.build();
		EventGridListenerContainer container = EventGridListenerContainerFactory
			.builder((connection) -> simulation.client())
			.options(options)
			.settlementListener((event, outcome) -> ended.add(event))
			.scheduler(simulation.scheduler())
			.random(random::nextDouble)
			.build()
			.create(EventGridListenerEndpoint.of("billing", Simulation.TOPIC, Simulation.SUBSCRIPTION,
					(EventHandler.Reactive) (delivery) -> handle(simulation, delivery, longest, failing)));
		container.start();
		return container;
	}

	private static Mono<Void> handle(Simulation simulation, Delivery delivery, int longest, int failing) {
		boolean fails = simulation.random().nextInt(100) < failing;
		return Mono.delay(Duration.ofMillis(simulation.random().nextInt(longest)), simulation.scheduler())
			.doOnNext((tick) -> {
				if (fails) {
					throw new IllegalStateException("Out of luck with " + delivery.event().getId());
				}
			})
			.then();
	}

	/**
	 * Settlements fail in all ways; receives before they were begun, for a lost answer
	 * leaves locks that nobody can give back.
	 */
	private static void plan(FaultPlan faults) {
		for (Fault fault : List.of(new Fault.DropBefore(), new Fault.DropAfter(), new Fault.Truncate(),
				new Fault.Answer(500, null), new Fault.Answer(429, Duration.ofSeconds(1)))) {
			faults.when(FaultPlan.EVENT_GRID)
				.path((path) -> path.endsWith("e") && !path.endsWith(":receive"))
				.probability(0.02)
				.then(fault);
		}
		for (Fault fault : List.of(new Fault.DropBefore(), new Fault.Answer(503, null))) {
			faults.when(FaultPlan.EVENT_GRID).path((path) -> path.endsWith(":receive")).probability(0.03).then(fault);
		}
	}

	/**
	 * Judged on our side: the other can't always tell that nobody read its answer.
	 */
	private void assertOnlyUnreadAnswersHoldLocks(Simulation simulation, String name) {
		List<OpenLock> locks = simulation.service().openLocks(Simulation.TOPIC, Simulation.SUBSCRIPTION);
		assertThat(locks).as(name).noneMatch((lock) -> simulation.hasRead(lock.lockToken()));
		this.neverRead += locks.size();
	}

	private static void assertNothingIsLost(Simulation simulation, int events, String name) {
		List<EventHistory> histories = simulation.service().histories(Simulation.TOPIC, Simulation.SUBSCRIPTION);
		long acknowledged = histories.stream()
			.filter((history) -> history.count(EventStep.Kind.ACKNOWLEDGED) == 1)
			.count();
		assertThat(histories).as(name).hasSize(events);
		assertThat(acknowledged + simulation.service().pendingCount(Simulation.TOPIC, Simulation.SUBSCRIPTION)).as(name)
			.isEqualTo(events);
	}

}
