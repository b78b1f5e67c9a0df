package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;

import dev.reactiveazure.core.AttemptedCall;
import dev.reactiveazure.core.ServiceError;
import dev.reactiveazure.core.ThrottledException;
import dev.reactiveazure.eventgrid.Requirement;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A container goes on, and stops, though its user's parts do what they never should.
 */
class MisbehavingPartsTests {

	private static final ContainerOptions ONE_AT_A_TIME = ContainerOptions.builder()
		.concurrency(1)
		.maxInFlight(1)
		.lifecycle((lifecycle) -> lifecycle.keepAlive(false))
		.build();

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final ScriptedBroker broker = new ScriptedBroker();

	private final Map<String, EventOutcome> outcomes = new LinkedHashMap<>();

	private final ObservationRegistry observations = ObservationRegistry.create();

	private ContainerOptions options = ONE_AT_A_TIME;

	private SettlementListener settlementListener = (event, outcome) -> this.outcomes.put(event.lockToken(), outcome);

	private DoubleSupplier random = () -> 0.5;

	private EventHandler.Reactive handler = (event) -> Mono.empty();

	private @Nullable EventGridListenerContainer container;

	@AfterEach
	void disposeTime() {
		this.time.dispose();
	}

	@Test
	void goesOnThoughTheEndOfAnObservationFails() {
		observe(new FailingObservation() {

			@Override
			public void onStop(Observation.Context context) {
				throw new IllegalStateException("no room for spans");
			}
		});
		start();
		answerAndAdvance("a");
		answerAndAdvance("b");
		assertThat(this.outcomes).containsEntry("a", EventOutcome.ACKNOWLEDGED)
			.containsEntry("b", EventOutcome.ACKNOWLEDGED);
		assertThat(container().status().running()).isZero();
	}

	@Test
	@Requirement("L17")
	void releasesAnEventThoughTheObservationOfItsFailureFails() {
		observe(new FailingObservation() {

			@Override
			public void onError(Observation.Context context) {
				throw new IllegalStateException("no room for errors");
			}
		});
		this.handler = (event) -> Mono.delay(Duration.ofSeconds(1), this.time)
			.then(Mono.error(new IllegalStateException("x")));
		start();
		answerAndAdvance("a");
		assertThat(this.outcomes).containsEntry("a", EventOutcome.RELEASED);
		assertThat(container().status().running()).isZero();
	}

	@Test
	@Requirement("L17")
	void goesOnThoughTheSettlementListenerThrowsAnError() {
		this.settlementListener = (event, outcome) -> {
			this.outcomes.put(event.lockToken(), outcome);
			throw new AssertionError("a listener of a test");
		};
		start();
		answerAndAdvance("a");
		answerAndAdvance("b");
		assertThat(this.outcomes).containsOnlyKeys("a", "b");
		assertThat(container().status().inFlight()).isZero();
	}

	@Test
	@SuppressWarnings({ "unchecked", "rawtypes" }) // a user's cast
	void acknowledgesWhatAHandlerEndsWithAValueThatItMustNotHave() {
		this.handler = (event) -> (Mono) Mono.delay(Duration.ofSeconds(1), this.time);
		start();
		answerAndAdvance("a");
		assertThat(this.outcomes).containsEntry("a", EventOutcome.ACKNOWLEDGED);
		assertThat(container().status().running()).isZero();
	}

	@Test
	void givesEventsBackThoughAHandlerCannotBeCancelled() {
		this.options = ContainerOptions.builder()
			.concurrency(2)
			.lifecycle((lifecycle) -> lifecycle.keepAlive(false))
			.build();
		this.handler = (event) -> Mono.<Void>create((sink) -> sink.onCancel(() -> {
			throw new IllegalStateException("no way back");
		}));
		start();
		this.broker.answer(ScriptedBroker.events(0, 2));
		AtomicBoolean stopped = new AtomicBoolean();
		container().stop(() -> stopped.set(true));
		this.time.advanceTimeBy(Duration.ofSeconds(20));
		assertThat(this.outcomes).hasSize(2).containsValue(EventOutcome.RELEASED);
		assertThat(stopped).isTrue();
	}

	@Test
	@Requirement("L33")
	void stopsThoughTakingAnAnswerInFailed() {
		start();
		this.random = () -> {
			throw new IllegalStateException("no chance");
		};
		this.broker.answer(ScriptedBroker.event("a", 1));
		this.time.advanceTimeBy(Duration.ofSeconds(30));
		assertThat(container().status().phase()).isEqualTo(ContainerStatus.Phase.FAILED);
		assertThat(container().status().lastError()).hasMessage("no chance");
	}

	@Test
	void stopsThoughAFailedReceiveCannotBeTriedAgain() {
		start();
		this.random = () -> {
			throw new IllegalStateException("no chance");
		};
		this.broker.fail(new IllegalStateException("first"));
		this.time.advanceTimeBy(Duration.ofSeconds(30));
		assertThat(container().status().phase()).isEqualTo(ContainerStatus.Phase.FAILED);
	}

	@Test
	@Requirement("L33")
	void failsToStartWhereTheSchedulerEndedFirst() {
		this.options = ContainerOptions.builder().lifecycle((lifecycle) -> lifecycle.keepAlive(true)).build();
		this.time.dispose();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(this::start);
		assertThat(container().isRunning()).isFalse();
		assertThat(container().status().phase()).isEqualTo(ContainerStatus.Phase.FAILED);
	}

	@Test
	void stopsThoughTheSchedulerEndedFirst() {
		this.handler = (event) -> Mono.never();
		start();
		this.broker.answer(ScriptedBroker.event("a", 1));
		this.time.dispose();
		AtomicBoolean stopped = new AtomicBoolean();
		container().stop(() -> stopped.set(true));
		assertThat(stopped).isTrue();
		assertThat(container().status().phase()).isEqualTo(ContainerStatus.Phase.STOPPED);
	}

	@Test
	void returnsThePermitOfAnEventWhoseLockEndsBeforeTheServiceWantsToBeAskedAgain() {
		AttemptedCall call = new AttemptedCall("acknowledge", "orders/billing", "http://localhost", 1, false);
		ServiceError error = new ServiceError(429, "TooManyRequests", null, null, Duration.ofHours(1));
		this.broker.settling = (settlement) -> Mono.error(new ThrottledException(call, error, null));
		start();
		this.broker.answer(ScriptedBroker.event("a", 1));
		this.time.advanceTimeBy(Duration.ofSeconds(61));
		assertThat(this.outcomes).containsEntry("a", EventOutcome.DEADLINE);
		assertThat(this.broker.settlements).hasSize(1);
		assertThat(this.broker.open).hasSize(1);
	}

	@Test
	void renewsALockAgainThatARenewalSaysNothingOf() {
		this.handler = (event) -> Mono.never();
		this.broker.renewing = (tokens) -> Mono.just(ScriptedBroker.success(List.of()));
		start();
		this.broker.answer(ScriptedBroker.event("a", 1));
		this.time.advanceTimeBy(Duration.ofSeconds(59));
		assertThat(this.broker.renewals).hasSizeGreaterThan(2);
		this.time.advanceTimeBy(Duration.ofSeconds(2));
		assertThat(this.outcomes).containsEntry("a", EventOutcome.LOCK_LOST);
	}

	// == Shorthand ==

	private void observe(ObservationHandler<Observation.Context> observer) {
		this.observations.observationConfig().observationHandler(observer);
	}

	private void start() {
		ContainerServices services = new ContainerServices(ErrorHandling.of(ListenerErrorHandler.undecided()),
				this.settlementListener, HandlerExecutorFactory.platformThreads(), this.observations,
				new EventProcessObservationConvention(), (happened) -> {
				}, ListenerMetrics.none(), Timing.of(this.time, () -> this.random.getAsDouble()));
		EventGridListenerEndpoint endpoint = EventGridListenerEndpoint.of("billing", "orders", "billing", this.handler);
		this.container = new EventGridListenerContainer(endpoint, this.broker, this.options, services);
		this.container.start();
	}

	private EventGridListenerContainer container() {
		return Objects.requireNonNull(this.container);
	}

	private void answerAndAdvance(String token) {
		this.broker.answer(ScriptedBroker.event(token, 1));
		this.time.advanceTimeBy(Duration.ofSeconds(2));
	}

	private abstract static class FailingObservation implements ObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
