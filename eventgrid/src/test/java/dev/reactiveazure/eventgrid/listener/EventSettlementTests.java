package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import dev.reactiveazure.eventgrid.ReleaseDelay;
import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.SettlementResult;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a handler can do with the settlement of its event, in both modes.
 */
class EventSettlementTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final ScriptedBroker broker = new ScriptedBroker();

	private final Map<String, EventOutcome> outcomes = new LinkedHashMap<>();

	private final List<EventSettlement> settlements = new ArrayList<>();

	private final List<String> failures = new ArrayList<>();

	private @Nullable EventGridListenerContainer container;

	@AfterEach
	void disposeTime() {
		this.time.dispose();
	}

	@Test
	@Requirement("L10")
	void completesOnlyWhenTheServiceHasConfirmed() {
		Sinks.Empty<Void> confirmed = Sinks.empty();
		this.broker.settling = (settlement) -> confirmed.asMono()
			.then(Mono.just(ScriptedBroker.success(settlement.tokens())));
		AtomicBoolean completed = new AtomicBoolean();
		start(AckMode.MANUAL, (settlement) -> settlement.acknowledge().doOnSuccess((done) -> completed.set(true)));
		receive("a");
		assertThat(this.broker.settlements).extracting(ScriptedBroker.Settlement::verb)
			.containsExactly(SettlementVerb.ACKNOWLEDGE);
		assertThat(completed).isFalse();
		confirmed.tryEmitEmpty().orThrow();
		assertThat(completed).isTrue();
		assertThat(this.outcomes).containsEntry("a", EventOutcome.ACKNOWLEDGED);
		assertThat(container().status().running()).isZero();
	}

	@Test
	@Requirement("L10")
	void sendsEachVerbAndDelay() {
		List<Function<EventSettlement, Mono<Void>>> verbs = List.of(EventSettlement::acknowledge,
				EventSettlement::release, (settlement) -> settlement.release(ReleaseDelay.TEN_MINUTES),
				EventSettlement::reject);
		start(AckMode.MANUAL, (settlement) -> verbs.get(this.settlements.size() - 1).apply(settlement));
		for (int i = 0; i < verbs.size(); i++) {
			receive("token-" + i);
		}
		assertThat(this.broker.settlements).extracting(ScriptedBroker.Settlement::verb)
			.containsExactly(SettlementVerb.ACKNOWLEDGE, SettlementVerb.RELEASE_NOW, SettlementVerb.RELEASE_TEN_MINUTES,
					SettlementVerb.REJECT);
	}

	@Test
	void doesNothingBeforeItIsSubscribedTo() {
		start(AckMode.MANUAL, (settlement) -> {
			settlement.acknowledge();
			return Mono.empty();
		});
		receive("a");
		assertThat(this.broker.settlements).isEmpty();
		assertThat(container().status().inFlight()).isEqualTo(1);
	}

	@Test
	@Requirement("L8")
	void canComeAfterTheHandlerHasEnded() {
		start(AckMode.MANUAL, (settlement) -> Mono.empty());
		receive("a");
		assertThat(container().status().running()).isZero();
		this.time.advanceTimeBy(Duration.ofMinutes(5));
		StepVerifier.create(this.settlements.get(0).acknowledge()).verifyComplete();
		assertThat(this.outcomes).containsEntry("a", EventOutcome.ACKNOWLEDGED);
		assertThat(container().status().inFlight()).isZero();
	}

	@Test
	@Requirement("L9")
	void refusesASecondTerminalCallAndARenewalAfterIt() {
		start(AckMode.MANUAL, (settlement) -> Mono.empty());
		receive("a");
		EventSettlement settlement = this.settlements.get(0);
		StepVerifier.create(settlement.release()).verifyComplete();
		for (Mono<Void> second : List.of(settlement.acknowledge(), settlement.release(), settlement.reject(),
				settlement.renew())) {
			StepVerifier.create(second).verifyErrorSatisfies((error) -> {
				assertThat(error).isInstanceOf(IllegalStateException.class);
				assertThat(error).hasMessageContaining("event id-of-a of type test at delivery 1")
					.hasMessageContaining("RELEASED");
			});
		}
		assertThat(this.broker.settlements).hasSize(1);
		assertThat(this.broker.renewals).isEmpty();
	}

	@Test
	@Requirement("L9")
	void refusesASecondTerminalCallWhileTheFirstIsOnItsWay() {
		this.broker.settling = (settlement) -> Mono.never();
		start(AckMode.MANUAL, (settlement) -> Mono.empty());
		receive("a");
		EventSettlement settlement = this.settlements.get(0);
		settlement.acknowledge().subscribe();
		StepVerifier.create(settlement.reject()).verifyError(IllegalStateException.class);
		StepVerifier.create(settlement.renew()).verifyError(IllegalStateException.class);
	}

	@Test
	@Requirement("L8")
	void ofTheHandlerGoesBeforeTheAutomaticAcknowledge() {
		start(AckMode.AUTO, (settlement) -> settlement.release(ReleaseDelay.ONE_HOUR));
		receive("a");
		assertThat(this.broker.settlements).extracting(ScriptedBroker.Settlement::verb)
			.containsExactly(SettlementVerb.RELEASE_ONE_HOUR);
		assertThat(this.failures).isEmpty();
	}

	@Test
	void ofTheHandlerGoesBeforeTheErrorHandlersDecision() {
		start(AckMode.AUTO,
				(settlement) -> settlement.acknowledge().then(Mono.error(new IllegalStateException("afterwards"))));
		receive("a");
		assertThat(this.outcomes).containsEntry("a", EventOutcome.ACKNOWLEDGED);
		assertThat(this.failures).isEmpty();
		assertThat(container().status().running()).isZero();
	}

	@Test
	void failsWithTheOutcomeWhereTheServiceDoesNotConfirm() {
		this.broker.settling = (settlement) -> Mono.just(ScriptedBroker.failure(settlement.tokens(), "TokenLost"));
		start(AckMode.MANUAL, (settlement) -> Mono.empty());
		receive("a");
		StepVerifier.create(this.settlements.get(0).acknowledge())
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(SettlementFailedException.class,
					(failed) -> assertThat(failed.outcome()).isEqualTo(EventOutcome.LOCK_LOST)));
	}

	@Test
	void isNotTakenBackByACancel() {
		Sinks.One<SettlementResult> answer = Sinks.one();
		this.broker.settling = (settlement) -> answer.asMono();
		start(AckMode.MANUAL, (settlement) -> Mono.empty());
		receive("a");
		this.settlements.get(0).acknowledge().subscribe().dispose();
		answer.tryEmitValue(ScriptedBroker.success(List.of("a"))).orThrow();
		assertThat(this.outcomes).containsEntry("a", EventOutcome.ACKNOWLEDGED);
	}

	@Test
	@Requirement("L10")
	void renewsTheLockOnDemand() {
		start(AckMode.MANUAL, (settlement) -> Mono.empty());
		receive("a");
		this.time.advanceTimeBy(Duration.ofSeconds(20));
		StepVerifier.create(this.settlements.get(0).renew()).verifyComplete();
		assertThat(this.broker.renewals).containsExactly(List.of("a"));
		this.time.advanceTimeBy(Duration.ofSeconds(29));
		// The next renewal counts from this one.
		assertThat(this.broker.renewals).hasSize(1);
	}

	@Test
	@Requirement("L30")
	void leavesNoHandlerBehindThatHangsAfterItWhenTheContainerStops() {
		AtomicBoolean cancelled = new AtomicBoolean();
		start(AckMode.AUTO,
				(settlement) -> settlement.acknowledge()
					.then(Mono.<Void>never())
					.doOnCancel(() -> cancelled.set(true)));
		receive("a");
		assertThat(this.outcomes).containsEntry("a", EventOutcome.ACKNOWLEDGED);
		container().stop(() -> {
		});
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(cancelled).isTrue();
		assertThat(this.broker.settlements).hasSize(1);
	}

	@Test
	@Requirement("L15")
	@ExtendWith(OutputCaptureExtension.class)
	void isReportedOnceAsMissing(CapturedOutput output) {
		start(AckMode.MANUAL, (settlement) -> Mono.empty());
		receive("a");
		this.time.advanceTimeBy(Duration.ofMinutes(5));
		assertThat(output.toString()).containsOnlyOnce("still waits for the settlement of event id-of-a of type test");
		this.time.advanceTimeBy(Duration.ofMinutes(60));
		assertThat(output.toString()).containsOnlyOnce("still waits for the settlement of event id-of-a of type test")
			.containsOnlyOnce("nobody settled it in the longest time that it may be locked");
	}

	@Test
	@Requirement("L19")
	void cancelsTheHandlerWhoseRenewalFindsTheLockLost() {
		AtomicBoolean cancelled = new AtomicBoolean();
		start(AckMode.AUTO, (settlement) -> Mono.<Void>never().doOnCancel(() -> cancelled.set(true)));
		receive("a");
		this.broker.renewing = (tokens) -> Mono.just(ScriptedBroker.failure(tokens, "TokenLost"));
		StepVerifier.create(this.settlements.get(0).renew())
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(SettlementFailedException.class));
		assertThat(cancelled).isTrue();
		assertThat(this.outcomes).containsEntry("a", EventOutcome.LOCK_LOST);
	}

	@Test
	@Requirement("L19")
	void leavesTheHandlerOfALostLockAloneWhereToldTo() {
		AtomicBoolean cancelled = new AtomicBoolean();
		start(options(AckMode.AUTO).toBuilder().locks((locks) -> locks.cancelOnLoss(false)).build(),
				(settlement) -> Mono.delay(Duration.ofMinutes(5), this.time)
					.then()
					.doOnCancel(() -> cancelled.set(true)));
		this.broker.renewing = (tokens) -> Mono.just(ScriptedBroker.failure(tokens, "TokenLost"));
		receive("a");
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(this.outcomes).containsEntry("a", EventOutcome.LOCK_LOST);
		assertThat(container().status().running()).isEqualTo(1);
		this.time.advanceTimeBy(Duration.ofMinutes(5));
		assertThat(cancelled).isFalse();
		assertThat(container().status().running()).isZero();
		assertThat(this.broker.settlements).isEmpty();
	}

	@Test
	@Requirement("L15")
	void thatNobodyMakesIsMadeUpForWhenTheLongestLockIsOver() {
		start(AckMode.MANUAL, (settlement) -> Mono.empty());
		receive("a");
		this.time.advanceTimeBy(Duration.ofMinutes(59));
		assertThat(this.outcomes).isEmpty();
		assertThat(this.broker.renewals).hasSizeGreaterThan(80);
		this.time.advanceTimeBy(Duration.ofMinutes(2));
		assertThat(this.outcomes).containsEntry("a", EventOutcome.RELEASED);
		assertThat(container().status().inFlight()).isZero();
	}

	@Test
	void isMadeForEventsLeftToUsersWhenTheContainerStops() {
		start(AckMode.MANUAL, (settlement) -> Mono.empty());
		receive("a");
		AtomicBoolean stopped = new AtomicBoolean();
		container().stop(() -> stopped.set(true));
		this.time.advanceTimeBy(Duration.ofSeconds(20));
		assertThat(stopped).isTrue();
		assertThat(this.outcomes).containsEntry("a", EventOutcome.RELEASED);
	}

	@Test
	void doesNotEndTheTimeThatTheHandlerHasWhenTheContainerStops() {
		start(AckMode.MANUAL,
				(settlement) -> settlement.acknowledge().then(Mono.delay(Duration.ofSeconds(5), this.time)).then());
		receive("a");
		AtomicBoolean stopped = new AtomicBoolean();
		container().stop(() -> stopped.set(true));
		this.time.advanceTimeBy(Duration.ofSeconds(4));
		assertThat(this.outcomes).containsEntry("a", EventOutcome.ACKNOWLEDGED);
		assertThat(stopped).isFalse();
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(stopped).isTrue();
	}

	@Test
	@Requirement("L8")
	void isDemandedOfTheHandlersOfManualListeners() {
		EventHandler.Blocking unable = new EventHandler.Blocking() {

			@Override
			public void handle(Delivery delivery) {
			}

			@Override
			public boolean canSettle() {
				return false;
			}
		};
		EventGridListenerEndpoint endpoint = EventGridListenerEndpoint.of("billing", "orders", "billing", unable);
		assertThatIllegalArgumentException().isThrownBy(() -> endpoint.applyTo(options(AckMode.MANUAL)))
			.withMessageContaining("billing")
			.withMessageContaining("EventSettlement");
	}

	// == Shorthand ==

	private static ContainerOptions options(AckMode mode) {
		return ContainerOptions.builder()
			.lifecycle((lifecycle) -> lifecycle.keepAlive(false))
			.settlement((settlement) -> settlement.ackMode(mode))
			.build();
	}

	private void start(AckMode mode, Function<EventSettlement, Mono<Void>> handler) {
		start(options(mode), handler);
	}

	private void start(ContainerOptions options, Function<EventSettlement, Mono<Void>> handler) {
		ContainerServices services = new ContainerServices(ErrorHandling.of((event, error) -> {
			this.failures.add(event.lockToken());
			return Mono.just(Disposition.release(ReleaseDelay.NONE));
		}), (event, outcome) -> this.outcomes.put(event.lockToken(), outcome), HandlerExecutorFactory.platformThreads(),
				ObservationRegistry.NOOP, new EventProcessObservationConvention(), (happened) -> {
				}, ListenerMetrics.none(), Timing.of(this.time, () -> 0.5));
		EventHandler.Reactive called = (delivery) -> {
			this.settlements.add(delivery.settlement());
			return handler.apply(delivery.settlement());
		};
		EventGridListenerEndpoint endpoint = EventGridListenerEndpoint.of("billing", "orders", "billing", called);
		this.container = new EventGridListenerContainer(endpoint, this.broker, options, services);
		this.container.start();
	}

	private void receive(String token) {
		this.broker.answer(ScriptedBroker.event(token, 1));
	}

	private EventGridListenerContainer container() {
		return Objects.requireNonNull(this.container);
	}

}
