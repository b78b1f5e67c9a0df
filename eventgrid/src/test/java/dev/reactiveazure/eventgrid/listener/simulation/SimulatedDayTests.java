package dev.reactiveazure.eventgrid.listener.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.reactiveazure.emulator.eventgrid.EventGridSettings;
import dev.reactiveazure.emulator.eventgrid.EventHistory;
import dev.reactiveazure.emulator.eventgrid.EventStep;
import dev.reactiveazure.emulator.eventgrid.OpenLock;
import dev.reactiveazure.emulator.http.Fault;
import dev.reactiveazure.emulator.http.FaultPlan;
import dev.reactiveazure.eventgrid.LeakWatch;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.listener.ContainerOptions;
import dev.reactiveazure.eventgrid.listener.ContainerStatus;
import dev.reactiveazure.eventgrid.listener.Delivery;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainer;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainerFactory;
import dev.reactiveazure.eventgrid.listener.EventGridListenerEndpoint;
import dev.reactiveazure.eventgrid.listener.EventHandler;
import dev.reactiveazure.eventgrid.listener.EventOutcome;
import dev.reactiveazure.eventgrid.listener.SettlementListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A listener lives through hours in which everything fails at random.
 * {@code -Dlistener.simulated.hours=24} makes it a day.
 */
class SimulatedDayTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final int HOURS = Integer.getInteger("listener.simulated.hours", 1);

	private static final int EVENTS_AN_HOUR = 800;

	private static final int MAX_IN_FLIGHT = 40;

	private final LeakWatch leaks = LeakWatch.start();

	private final Outcomes outcomes = new Outcomes();

	@AfterEach
	void leaksNoBuffer() {
		assertThat(this.leaks.leaks()).isEmpty();
	}

	@Test
	@Requirement({ "L4", "L5", "L9", "L12" })
	void everyEventEndsOnceThoughEverythingFailsAtRandom() {
		long seed = Long.getLong("listener.simulated.seed", 42);
		int events = HOURS * EVENTS_AN_HOUR;
		EventGridListenerContainer container;
		try (Simulation simulation = new Simulation(seed,
				EventGridSettings.builder().historyLimit(events).deadLetterLimit(events).build())) {
			container = start(simulation);
			plan(simulation.faults());
			publish(simulation, events);
			loseLocks(simulation);
			simulation.run(HOUR.multipliedBy(HOURS));

			simulation.faults().clear();
			assertThat(simulation.runUntil(() -> allEnded(simulation, events), Duration.ofHours(12)))
				.as("all events ended, " + container.status())
				.isTrue();
			simulation.runUntil(() -> container.status().inFlight() == 0, Duration.ofMinutes(1));
			assertThat(container.status().freePermits()).isLessThanOrEqualTo(MAX_IN_FLIGHT);
			stop(simulation, container);
			assertNothingIsLeft(simulation, container);
			assertEachEndedOnce(simulation, events);
		}
		assertThat(threadsOf("simulation-" + seed)).isEmpty();
		System.out.println(HOURS + " simulated hours, " + events + " events: " + this.outcomes);
	}

	private EventGridListenerContainer start(Simulation simulation) {
		ContainerOptions options = ContainerOptions.builder()
			.concurrency(20)
			.maxInFlight(MAX_IN_FLIGHT)
			.lifecycle((lifecycle) -> lifecycle.keepAlive(false))
			.build();
		EventGridListenerContainer container = EventGridListenerContainerFactory
			.builder((connection) -> simulation.client())
			.options(options)
			.settlementListener(this.outcomes)
			.scheduler(simulation.scheduler())
			.random(simulation.random()::nextDouble)
			.build()
			.create(EventGridListenerEndpoint.of("billing", Simulation.TOPIC, Simulation.SUBSCRIPTION,
					(EventHandler.Reactive) (delivery) -> handle(simulation, delivery)));
		container.start();
		return container;
	}

	/**
	 * Mostly short work, sometimes longer than a lock, one in ten times in vain.
	 */
	private static Mono<Void> handle(Simulation simulation, Delivery delivery) {
		Random random = simulation.random();
		Duration work = (random.nextInt(100) == 0) ? Duration.ofMinutes(3) : Duration.ofMillis(random.nextInt(5000));
		boolean fails = random.nextInt(10) == 0;
		return Mono.delay(work, simulation.scheduler()).doOnNext((tick) -> {
			if (fails) {
				throw new IllegalStateException("Out of luck with " + delivery.event().getId());
			}
		}).then();
	}

	private static void plan(FaultPlan faults) {
		List<Fault> all = List.of(new Fault.DropBefore(), new Fault.DropAfter(), new Fault.Truncate(),
				new Fault.NeverAnswer(), new Fault.Answer(500, null), new Fault.Answer(503, Duration.ofSeconds(3)),
				new Fault.Answer(429, Duration.ofSeconds(5)), new Fault.Delay(Duration.ofSeconds(4)));
		for (Fault fault : all) {
			faults.when(FaultPlan.EVENT_GRID).path((path) -> !path.endsWith(":publish")).probability(0.01).then(fault);
		}
	}

	private static void publish(Simulation simulation, int events) {
		Duration pause = HOUR.multipliedBy(HOURS).dividedBy(events / 20);
		List<Integer> next = new ArrayList<>(List.of(0));
		simulation.scheduler().schedulePeriodically(() -> {
			int from = next.get(0);
			if (from < events) {
				simulation.publish(from, 20);
				next.set(0, from + 20);
			}
		}, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Have the service forget one lock a minute.
	 */
	private static void loseLocks(Simulation simulation) {
		simulation.scheduler().schedulePeriodically(() -> {
			List<OpenLock> locks = simulation.service().openLocks(Simulation.TOPIC, Simulation.SUBSCRIPTION);
			if (!locks.isEmpty() && simulation.elapsed().compareTo(HOUR.multipliedBy(HOURS)) < 0) {
				OpenLock lost = locks.get(simulation.random().nextInt(locks.size()));
				simulation.service().expireLock(Simulation.TOPIC, Simulation.SUBSCRIPTION, lost.lockToken());
			}
		}, 1, 1, TimeUnit.MINUTES);
	}

	private static boolean allEnded(Simulation simulation, int events) {
		return simulation.service().pendingCount(Simulation.TOPIC, Simulation.SUBSCRIPTION) == 0
				&& simulation.service().published(Simulation.TOPIC).items() >= events;
	}

	static void stop(Simulation simulation, EventGridListenerContainer container) {
		AtomicBoolean stopped = new AtomicBoolean();
		container.stop(() -> stopped.set(true));
		assertThat(simulation.runUntil(stopped::get, Duration.ofMinutes(5))).as("stopped").isTrue();
	}

	private static void assertNothingIsLeft(Simulation simulation, EventGridListenerContainer container) {
		assertThat(simulation.service().openLocks(Simulation.TOPIC, Simulation.SUBSCRIPTION)).isEmpty();
		assertThat(container.isRunning()).isFalse();
		assertThat(container.status().phase()).isEqualTo(ContainerStatus.Phase.STOPPED);
		assertThat(container.status().inFlight()).isZero();
	}

	private void assertEachEndedOnce(Simulation simulation, int events) {
		List<EventHistory> histories = simulation.service().histories(Simulation.TOPIC, Simulation.SUBSCRIPTION);
		assertThat(histories).hasSize(events);
		assertThat(histories).allSatisfy((history) -> assertThat(
				history.count(EventStep.Kind.ACKNOWLEDGED) + history.count(EventStep.Kind.DEAD_LETTERED))
			.as(history.toString())
			.isEqualTo(1));
	}

	static List<String> threadsOf(String name) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((thread) -> thread.contains(name))
			.toList();
	}

	private static final class Outcomes implements SettlementListener {

		private final Map<EventOutcome, Integer> counts = new EnumMap<>(EventOutcome.class);

		@Override
		public synchronized void ended(ReceivedEvent event, EventOutcome outcome) {
			this.counts.merge(outcome, 1, Integer::sum);
		}

		@Override
		public synchronized String toString() {
			return this.counts.toString();
		}

	}

}
