package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.reactiveazure.emulator.eventgrid.EventGridOperation;
import dev.reactiveazure.emulator.eventgrid.EventHistory;
import dev.reactiveazure.emulator.eventgrid.EventStep.Kind;
import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
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

	private final Simulation simulation = new Simulation();

	@AfterEach
	void close() {
		this.simulation.close();
	}

	@Test
	@Requirement({ "L16", "L17" })
	void losesNothingToABadDeploymentThatPauses() {
		this.simulation.publish(EVENTS);
		EventGridListenerContainer bad = this.simulation.start(options((failures) -> {
		}), reactive(this::takesNumbers));
		this.simulation.advance(Duration.ofHours(1));
		assertThat(bad.status().phase()).isEqualTo(ContainerStatus.Phase.PAUSED);
		assertThat(released()).isLessThan(EVENTS / 10);
		deployTheRightOne();
	}

	@Test
	@Requirement({ "L16", "L17" })
	void losesNothingToABadDeploymentThatGoesOn() {
		this.simulation.publish(EVENTS);
		EventGridListenerContainer bad = this.simulation.start(options((failures) -> failures.maxFatalInARow(0)),
				reactive(this::takesNumbers));
		this.simulation.advance(Duration.ofHours(1));
		assertThat(bad.status().phase()).isEqualTo(ContainerStatus.Phase.RUNNING);
		assertThat(released()).isGreaterThanOrEqualTo(EVENTS);
		deployTheRightOne();
	}

	@Test
	@Requirement({ "L18", "L20" })
	void keepsTheLockOfAHandlerThatTakesTenTimesItsLength() {
		this.simulation.publish(3);
		AtomicInteger started = new AtomicInteger();
		this.simulation.start(options((failures) -> {
		}), (EventHandler.Reactive) (delivery) -> {
			started.incrementAndGet();
			return Mono.delay(Duration.ofMinutes(10), this.simulation.time()).then();
		});
		this.simulation.advance(Duration.ofMinutes(15));
		assertThat(started).hasValue(3);
		assertThat(this.simulation.outcomes()).hasSize(3).containsOnly(EventOutcome.ACKNOWLEDGED);
		assertThat(histories()).allMatch((history) -> history.count(Kind.DELIVERED) == 1);
		// One request for all three, each at 50 to 70 percent of the lock.
		assertThat(count(EventGridOperation.RENEW_LOCK)).isBetween(14L, 20L);
	}

	@Test
	@Requirement("L20")
	void asksForNoRenewalWhereHandlersTakeLessThanHalfTheLock() {
		this.simulation.publish(300);
		// No event waits for a handler: waiting counts, too.
		ContainerOptions options = options((failures) -> {
		}).toBuilder().maxInFlight(100).build();
		this.simulation.start(options,
				(EventHandler.Reactive) (delivery) -> Mono.delay(Duration.ofSeconds(25), this.simulation.time())
					.then());
		this.simulation.advanceUntil(() -> this.simulation.outcomes().size() == 300, Duration.ofMinutes(10));
		assertThat(this.simulation.outcomes()).containsOnly(EventOutcome.ACKNOWLEDGED);
		assertThat(count(EventGridOperation.RENEW_LOCK)).isZero();
	}

	@Test
	@Requirement("L19")
	void cancelsTheHandlerOfAStolenLockAndNeverAcknowledges() {
		this.simulation.publish(1);
		List<Integer> cancelled = new ArrayList<>();
		this.simulation.start(options((failures) -> {
		}), (EventHandler.Reactive) (delivery) -> Mono.<Void>never()
			.doOnCancel(() -> cancelled.add(delivery.deliveryCount())));
		this.simulation.advance(Duration.ofSeconds(5));
		String token = this.simulation.books().openLocks(Simulation.TOPIC, Simulation.SUBSCRIPTION).get(0).lockToken();
		this.simulation.books().expireLock(Simulation.TOPIC, Simulation.SUBSCRIPTION, token);
		this.simulation.advance(Duration.ofMinutes(1));
		assertThat(cancelled).containsExactly(1);
		assertThat(this.simulation.outcomes()).containsExactly(EventOutcome.LOCK_LOST);
		assertThat(count(EventGridOperation.ACKNOWLEDGE)).isZero();
		assertThat(histories().get(0).count(Kind.DELIVERED)).isEqualTo(2);
	}

	private static EventHandler.Reactive reactive(Consumer<Delivery> handler) {
		return (delivery) -> Mono.fromRunnable(() -> handler.accept(delivery));
	}

	private void takesNumbers(Delivery delivery) {
		this.converter.convert(delivery.event(), ResolvableType.forClass(Integer.class));
	}

	private void deployTheRightOne() {
		this.simulation.stop();
		this.simulation.start(options((failures) -> {
		}), reactive((delivery) -> this.converter.convert(delivery.event(), ResolvableType.forClass(Order.class))));
		this.simulation.advanceUntil(() -> acknowledged() == EVENTS, Duration.ofHours(2));
		assertThat(this.simulation.books().pendingCount(Simulation.TOPIC, Simulation.SUBSCRIPTION)).isZero();
		assertThat(this.simulation.books().deadLetterCount(Simulation.TOPIC, Simulation.SUBSCRIPTION)).isZero();
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
		return this.simulation.outcomes().stream().filter((outcome) -> outcome == EventOutcome.ACKNOWLEDGED).count();
	}

	private long released() {
		return this.simulation.outcomes().stream().filter((outcome) -> outcome == EventOutcome.RELEASED).count();
	}

	private long count(EventGridOperation operation) {
		return this.simulation.books().count(Simulation.TOPIC, Simulation.SUBSCRIPTION, operation).requests();
	}

	private List<EventHistory> histories() {
		return this.simulation.books().histories(Simulation.TOPIC, Simulation.SUBSCRIPTION);
	}

	record Order(int id) {
	}

}
