package dev.reactiveazure.eventgrid.listener.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.reactiveazure.emulator.eventgrid.EventGridOperation;
import dev.reactiveazure.emulator.eventgrid.EventGridSettings;
import dev.reactiveazure.emulator.eventgrid.EventHistory;
import dev.reactiveazure.emulator.eventgrid.EventStep.Kind;
import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.listener.ContainerOptions;
import dev.reactiveazure.eventgrid.listener.ContainerStatus;
import dev.reactiveazure.eventgrid.listener.Delivery;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainer;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainerFactory;
import dev.reactiveazure.eventgrid.listener.EventGridListenerEndpoint;
import dev.reactiveazure.eventgrid.listener.EventHandler;
import dev.reactiveazure.eventgrid.listener.EventOutcome;
import dev.reactiveazure.eventgrid.listener.FailureOptions;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What takes hours in production, against the emulator.
 */
@Timeout(180)
class SimulatedHoursTests {

	private static final int EVENTS = 10_000;

	private final PayloadConverter converter = new PayloadConverter(JsonMapper.builder().build());

	private final List<EventOutcome> outcomes = Collections.synchronizedList(new ArrayList<>());

	private final Simulation simulation = Simulation.withoutBlackHoles(0,
			EventGridSettings.builder().historyLimit(EVENTS).build());

	private @Nullable EventGridListenerContainer container;

	@AfterEach
	void close() {
		if (this.container != null) {
			SimulatedDayTests.stop(this.simulation, this.container);
		}
		this.simulation.close();
	}

	@Test
	@Requirement({ "L16", "L17" })
	void losesNothingToABadDeploymentThatPauses() {
		this.simulation.publish(0, EVENTS);
		EventGridListenerContainer bad = start(options((failures) -> {
		}), reactive(this::takesNumbers));
		this.simulation.run(Duration.ofHours(1));
		assertThat(bad.status().phase()).isEqualTo(ContainerStatus.Phase.PAUSED);
		assertThat(released()).isLessThan(EVENTS / 10);
		deployTheRightOne();
	}

	@Test
	@Requirement({ "L16", "L17" })
	void losesNothingToABadDeploymentThatGoesOn() {
		this.simulation.publish(0, EVENTS);
		EventGridListenerContainer bad = start(options((failures) -> failures.maxFatalInARow(0)),
				reactive(this::takesNumbers));
		this.simulation.run(Duration.ofHours(1));
		assertThat(bad.status().phase()).isEqualTo(ContainerStatus.Phase.RUNNING);
		assertThat(released()).isGreaterThanOrEqualTo(EVENTS);
		deployTheRightOne();
	}

	@Test
	@Requirement({ "L18", "L20" })
	void keepsTheLockOfAHandlerThatTakesTenTimesItsLength() {
		this.simulation.publish(0, 3);
		AtomicInteger started = new AtomicInteger();
		start(options((failures) -> {
		}), (EventHandler.Reactive) (delivery) -> {
			started.incrementAndGet();
			return Mono.delay(Duration.ofMinutes(10), this.simulation.scheduler()).then();
		});
		this.simulation.run(Duration.ofMinutes(15));
		assertThat(started).hasValue(3);
		assertThat(this.outcomes).hasSize(3).containsOnly(EventOutcome.ACKNOWLEDGED);
		assertThat(histories()).allMatch((history) -> history.count(Kind.DELIVERED) == 1);
		// One request for all three, each at 50 to 70 percent of the lock.
		assertThat(count(EventGridOperation.RENEW_LOCK)).isBetween(14L, 20L);
	}

	@Test
	@Requirement("L20")
	void asksForNoRenewalWhereHandlersTakeLessThanHalfTheLock() {
		this.simulation.publish(0, 300);
		// No event waits for a handler: waiting counts, too.
		ContainerOptions options = options((failures) -> {
		}).toBuilder().maxInFlight(100).build();
		start(options,
				(EventHandler.Reactive) (delivery) -> Mono.delay(Duration.ofSeconds(25), this.simulation.scheduler())
					.then());
		assertThat(this.simulation.runUntil(() -> this.outcomes.size() == 300, Duration.ofMinutes(10))).isTrue();
		assertThat(this.outcomes).containsOnly(EventOutcome.ACKNOWLEDGED);
		assertThat(count(EventGridOperation.RENEW_LOCK)).isZero();
	}

	@Test
	@Requirement("L19")
	void cancelsTheHandlerOfAStolenLockAndNeverAcknowledges() {
		this.simulation.publish(0, 1);
		List<Integer> cancelled = new ArrayList<>();
		start(options((failures) -> {
		}), (EventHandler.Reactive) (delivery) -> Mono.<Void>never()
			.doOnCancel(() -> cancelled.add(delivery.deliveryCount())));
		this.simulation.run(Duration.ofSeconds(5));
		String token = this.simulation.service()
			.openLocks(Simulation.TOPIC, Simulation.SUBSCRIPTION)
			.get(0)
			.lockToken();
		this.simulation.service().expireLock(Simulation.TOPIC, Simulation.SUBSCRIPTION, token);
		this.simulation.run(Duration.ofMinutes(1));
		assertThat(cancelled).containsExactly(1);
		assertThat(this.outcomes).containsExactly(EventOutcome.LOCK_LOST);
		assertThat(count(EventGridOperation.ACKNOWLEDGE)).isZero();
		assertThat(histories().get(0).count(Kind.DELIVERED)).isEqualTo(2);
	}

	private EventGridListenerContainer start(ContainerOptions options, EventHandler handler) {
		EventGridListenerContainer started = EventGridListenerContainerFactory
			.builder((connection) -> this.simulation.client())
			.options(options)
			.settlementListener((event, outcome) -> this.outcomes.add(outcome))
			.scheduler(this.simulation.scheduler())
			.random(() -> 0.5)
			.build()
			.create(EventGridListenerEndpoint.of(Simulation.SUBSCRIPTION, Simulation.TOPIC, Simulation.SUBSCRIPTION,
					handler));
		this.container = started;
		started.start();
		return started;
	}

	private static EventHandler.Reactive reactive(Consumer<Delivery> handler) {
		return (delivery) -> Mono.fromRunnable(() -> handler.accept(delivery));
	}

	private void takesNumbers(Delivery delivery) {
		this.converter.convert(delivery.event(), ResolvableType.forClass(Integer.class));
	}

	private void deployTheRightOne() {
		SimulatedDayTests.stop(this.simulation, Objects.requireNonNull(this.container));
		start(options((failures) -> {
		}), reactive((delivery) -> this.converter.convert(delivery.event(), ResolvableType.forClass(Order.class))));
		assertThat(this.simulation.runUntil(() -> acknowledged() == EVENTS, Duration.ofHours(2))).isTrue();
		assertThat(this.simulation.service().pendingCount(Simulation.TOPIC, Simulation.SUBSCRIPTION)).isZero();
		assertThat(this.simulation.service().deadLetterCount(Simulation.TOPIC, Simulation.SUBSCRIPTION)).isZero();
		assertThat(histories()).hasSize(EVENTS).allMatch((history) -> history.count(Kind.ACKNOWLEDGED) == 1);
	}

	private static ContainerOptions options(Consumer<FailureOptions.Builder> failures) {
		return ContainerOptions.builder()
			.concurrency(100)
			.lifecycle((lifecycle) -> lifecycle.keepAlive(false))
			.failures(failures)
			.build();
	}

	private long acknowledged() {
		return count(EventOutcome.ACKNOWLEDGED);
	}

	private long released() {
		return count(EventOutcome.RELEASED);
	}

	private long count(EventOutcome outcome) {
		return List.copyOf(this.outcomes).stream().filter(outcome::equals).count();
	}

	private long count(EventGridOperation operation) {
		return this.simulation.service().count(Simulation.TOPIC, Simulation.SUBSCRIPTION, operation).requests();
	}

	private List<EventHistory> histories() {
		return this.simulation.service().histories(Simulation.TOPIC, Simulation.SUBSCRIPTION);
	}

	record Order(int id) {
	}

}
