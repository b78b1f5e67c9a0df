package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.reactiveazure.core.AttemptedCall;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.eventgrid.FailedLockToken;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.SettlementResult;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What a container does when, on a broker that answers when the test says so.
 */
class ContainerInVirtualTimeTests {

	/** What an open poll gets to be answered when the container stops. */
	private static final Duration GRACE = Duration.ofMillis(200);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final ScriptedBroker broker = new ScriptedBroker();

	private final Map<String, EventOutcome> outcomes = new LinkedHashMap<>();

	private final Map<String, Sinks.Empty<Void>> running = new HashMap<>();

	private final List<String> cancelled = new ArrayList<>();

	private ContainerOptions options = ContainerOptions.builder()
		.lifecycle((lifecycle) -> lifecycle.keepAlive(false))
		.build();

	private @Nullable ListenerErrorHandler errorHandler;

	private EventHandler.Reactive handler = (event) -> Mono.empty();

	private @Nullable EventGridListenerContainer container;

	@AfterEach
	void disposeTime() {
		this.time.dispose();
	}

	@Nested
	class Receiving {

		@Test
		@Requirement("L1")
		void asksForWhatThePermitsAllow() {
			start(ContainerOptions.builder()
				.concurrency(10)
				.lifecycle((lifecycle) -> lifecycle.keepAlive(false))
				.build(), untilTold());
			assertThat(ContainerInVirtualTimeTests.this.broker.receives).extracting(ScriptedBroker.Receive::maxEvents)
				.containsExactly(20);
		}

		@Test
		@Requirement("L1")
		void asksForAHundredAtMost() {
			start(ContainerOptions.builder()
				.concurrency(500)
				.lifecycle((lifecycle) -> lifecycle.keepAlive(false))
				.build(), untilTold());
			assertThat(broker().receives.get(0).maxEvents()).isEqualTo(100);
		}

		@Test
		@Requirement("L3")
		void keepsOneReceiveOpenWhenIdle() {
			start();
			for (int i = 0; i < 5; i++) {
				broker().answer();
				assertThat(broker().open).hasSize(1);
			}
		}

		@Test
		@Requirement("L3")
		void opensMoreReceivesUnderBacklogAndGoesBackToOneWhenEmpty() {
			start(ContainerOptions.builder()
				.concurrency(400)
				.receiving((receiving) -> receiving.maxPolls(3))
				.lifecycle((lifecycle) -> lifecycle.keepAlive(false))
				.build(), immediately());
			broker().answer(ScriptedBroker.events(0, 100));
			broker().answer(ScriptedBroker.events(100, 100));
			broker().answer(ScriptedBroker.events(200, 100));
			assertThat(broker().open).hasSize(3);
			broker().answer();
			broker().answer();
			broker().answer();
			assertThat(broker().open).hasSize(1);
		}

		@Test
		@Requirement("L2")
		void doesNotWaitForAFullBatchOfPermits() {
			start(ContainerOptions.builder()
				.concurrency(2)
				.maxInFlight(2)
				.lifecycle((lifecycle) -> lifecycle.keepAlive(false))
				.build(), untilTold());
			broker().answer(ScriptedBroker.events(0, 2));
			assertThat(broker().open).isEmpty();
			complete("token-0");
			advance(Duration.ofMillis(10));
			assertThat(broker().open).extracting(ScriptedBroker.Receive::maxEvents).containsExactly(1);
		}

		@Test
		@Requirement("L4")
		void backsOffAfterFailuresAndReturnsToNormal() {
			start();
			broker().fail(new IllegalStateException("one"));
			assertThat(broker().open).isEmpty();
			assertThat(container().status().failedReceives()).isEqualTo(1);
			advance(Duration.ofMillis(499));
			assertThat(broker().open).isEmpty();
			advance(Duration.ofMillis(1));
			assertThat(broker().open).hasSize(1);
			broker().fail(new IllegalStateException("two"));
			advance(Duration.ofMillis(999));
			assertThat(broker().open).isEmpty();
			advance(Duration.ofMillis(1));
			broker().answer();
			assertThat(container().status().failedReceives()).isZero();
			assertThat(container().status().lastError()).isNull();
			assertThat(container().status().openPolls()).isEqualTo(1);
		}

		@Test
		@Requirement("L5")
		void replacesAReceiveThatOutlivesItsWait() {
			start();
			advance(Duration.ofSeconds(69));
			assertThat(broker().receives).hasSize(1);
			advance(Duration.ofSeconds(1));
			assertThat(broker().cancelledReceives).isEqualTo(1);
			assertThat(broker().receives).hasSize(2);
			assertThat(container().status().openPolls()).isEqualTo(1);
			assertThat(container().status().overdueReceives()).isEqualTo(1);
			assertThat(container().status().failedReceives()).isEqualTo(1);
		}

	}

	@Nested
	class Settling {

		@Test
		@Requirement("L11")
		void acknowledgesAtOnceWhenNothingElseIsInFlight() {
			start();
			broker().answer(ScriptedBroker.events(0, 3));
			assertThat(broker().settlements)
				.extracting(ScriptedBroker.Settlement::verb, ScriptedBroker.Settlement::tokens)
				.containsExactly(tuple(SettlementVerb.ACKNOWLEDGE, List.of("token-0", "token-1", "token-2")));
		}

		@Test
		@Requirement("L11")
		void waitsTenMillisecondsForCompany() {
			start(options(), untilTold());
			broker().answer(ScriptedBroker.events(0, 4));
			complete("token-0");
			advance(Duration.ofMillis(5));
			complete("token-2");
			assertThat(broker().settlements).isEmpty();
			advance(Duration.ofMillis(5));
			assertThat(broker().settlements).hasSize(1);
			assertThat(broker().settlements.get(0).tokens()).containsExactly("token-0", "token-2");
		}

		@Test
		@Requirement("L11")
		void sendsAHundredWithoutWaiting() {
			start(ContainerOptions.builder()
				.concurrency(200)
				.lifecycle((lifecycle) -> lifecycle.keepAlive(false))
				.build(), untilTold());
			broker().answer(ScriptedBroker.events(0, 100));
			broker().answer(ScriptedBroker.events(100, 100));
			for (int i = 0; i < 100; i++) {
				complete("token-" + i);
			}
			assertThat(broker().settlements).hasSize(1);
			assertThat(broker().settlements.get(0).tokens()).hasSize(100);
		}

		@Test
		@Requirement("L12")
		void triesFailedSettlementsAgainUntilTheLockIsOver() {
			broker().settling = (settlement) -> Mono.error(new IllegalStateException("broken"));
			start();
			broker().answer(ScriptedBroker.events(0, 1));
			advance(Duration.ofSeconds(61));
			assertThat(broker().settlements).hasSizeGreaterThan(10);
			// Nobody knows whether one of the tries was carried out.
			assertThat(outcomes()).containsEntry("token-0", EventOutcome.AMBIGUOUS);
			assertThat(container().status().inFlight()).isZero();
		}

		@Test
		@Requirement("L12")
		void settlesPartOfABatchAgainByLockToken() {
			AtomicBoolean first = new AtomicBoolean(true);
			broker().settling = (settlement) -> Mono.just(first.getAndSet(false)
					? new SettlementResult(List.of("token-1"),
							List.of(new FailedLockToken("token-0", "TokenLost", ""),
									new FailedLockToken("token-2", "InternalServerError", ""),
									new FailedLockToken("token-3", "BadToken", "")))
					: ScriptedBroker.success(settlement.tokens()));
			start();
			broker().answer(ScriptedBroker.events(0, 4));
			advance(Duration.ofSeconds(1));
			assertThat(broker().settlements.get(1).tokens()).containsExactly("token-2");
			assertThat(outcomes()).containsEntry("token-0", EventOutcome.LOCK_LOST)
				.containsEntry("token-1", EventOutcome.ACKNOWLEDGED)
				.containsEntry("token-2", EventOutcome.ACKNOWLEDGED)
				.containsEntry("token-3", EventOutcome.REFUSED);
		}

		@Test
		@Requirement("L12")
		void reportsALostTokenAfterAnUnansweredTryAsAmbiguous() {
			AttemptedCall call = new AttemptedCall("acknowledge", "orders/billing", "http://localhost", 1, false);
			AtomicBoolean first = new AtomicBoolean(true);
			broker().settling = (settlement) -> first.getAndSet(false)
					? Mono.error(new OutcomeUnknownException(call, "reset", false, null))
					: Mono.just(ScriptedBroker.failure(settlement.tokens(), "TokenLost"));
			start();
			broker().answer(ScriptedBroker.events(0, 1));
			advance(Duration.ofSeconds(1));
			assertThat(outcomes()).containsEntry("token-0", EventOutcome.AMBIGUOUS);
		}

	}

	@Nested
	class Locks {

		@Test
		@Requirement("L18")
		void areRenewedTogetherForRunningEventsBetweenHalfAndSeventyPercent() {
			start(options(), untilTold());
			broker().answer(ScriptedBroker.events(0, 3));
			complete("token-1");
			advance(Duration.ofSeconds(29));
			assertThat(broker().renewals).isEmpty();
			advance(Duration.ofSeconds(13));
			assertThat(broker().renewals).hasSize(1);
			assertThat(broker().renewals.get(0)).containsExactlyInAnyOrder("token-0", "token-2");
		}

		@Test
		@Requirement("L20")
		void areNotRenewedForShortHandlers() {
			start(options(), (event) -> Mono.delay(Duration.ofSeconds(25), time()).then());
			for (int round = 0; round < 20; round++) {
				broker().answer(ScriptedBroker.events(round, 1));
				advance(Duration.ofSeconds(25));
			}
			assertThat(broker().renewals).isEmpty();
			assertThat(outcomes()).hasSize(20);
		}

		@Test
		@Requirement("L18")
		void lastTenTimesTheirLengthForALongHandler() {
			start(options(), untilTold());
			broker().answer(ScriptedBroker.events(0, 1));
			advance(Duration.ofMinutes(10));
			complete("token-0");
			assertThat(outcomes()).containsEntry("token-0", EventOutcome.ACKNOWLEDGED);
			assertThat(broker().renewals).hasSizeBetween(13, 21);
		}

		@Test
		@Requirement("L19")
		void thatAreLostCancelTheHandlerAndSuppressTheAcknowledge() {
			start(options(), untilTold());
			broker().renewing = (tokens) -> Mono.just(ScriptedBroker.failure(tokens, "TokenLost"));
			broker().answer(ScriptedBroker.events(0, 1));
			advance(Duration.ofSeconds(42));
			assertThat(cancelled()).containsExactly("token-0");
			assertThat(outcomes()).containsEntry("token-0", EventOutcome.LOCK_LOST);
			assertThat(broker().settlements).isEmpty();
			assertThat(container().status().running()).isZero();
		}

		@Test
		@Requirement("L18")
		void areGivenUpAfterTheLongestLock() {
			start(ContainerOptions.builder()
				.locks((locks) -> locks.maxDuration(Duration.ofMinutes(5)))
				.lifecycle((lifecycle) -> lifecycle.keepAlive(false))
				.build(), untilTold());
			broker().answer(ScriptedBroker.events(0, 1));
			advance(Duration.ofMinutes(7));
			assertThat(outcomes()).containsEntry("token-0", EventOutcome.LOCK_LOST);
			assertThat(cancelled()).containsExactly("token-0");
		}

		@Test
		@Requirement("L18")
		void areRenewedOnceMoreWhenARenewalFails() {
			AtomicInteger calls = new AtomicInteger();
			start(options(), untilTold());
			broker().renewing = (tokens) -> (calls.getAndIncrement() == 0) ? Mono.error(new IllegalStateException("x"))
					: Mono.just(ScriptedBroker.success(tokens));
			broker().answer(ScriptedBroker.events(0, 1));
			advance(Duration.ofSeconds(70));
			complete("token-0");
			assertThat(outcomes()).containsEntry("token-0", EventOutcome.ACKNOWLEDGED);
		}

	}

	@Nested
	class Errors {

		@Test
		@Requirement("L17")
		void ofMalformedEventsReachTheErrorHandlerAndLeaveTheOthersAlone() {
			start();
			ReceivedEvent[] events = ScriptedBroker.events(0, 10);
			events[4] = new ReceivedEvent.Malformed("{}", "no id", "token-4", 1);
			broker().answer(events);
			advance(Duration.ofMillis(10));
			assertThat(outcomes()).hasSize(10).containsEntry("token-4", EventOutcome.RELEASED);
			assertThat(outcomes().values()).filteredOn((outcome) -> outcome == EventOutcome.ACKNOWLEDGED).hasSize(9);
		}

		@Test
		@Requirement("L13")
		void thrownByAHandlerReleaseTheEvent() {
			start(options(), (event) -> {
				throw new IllegalStateException("thrown, not emitted");
			});
			broker().answer(ScriptedBroker.event("a", 1), ScriptedBroker.event("b", 2), ScriptedBroker.event("c", 9));
			advance(Duration.ofMillis(10));
			assertThat(broker().settlements).extracting(ScriptedBroker.Settlement::verb)
				.containsExactlyInAnyOrder(SettlementVerb.RELEASE_NOW, SettlementVerb.RELEASE_TEN_SECONDS,
						SettlementVerb.RELEASE_ONE_HOUR);
			assertThat(container().status().running()).isZero();
		}

		@Test
		@Requirement("L17")
		void areDecidedByTheUsersErrorHandler() {
			errorHandler((event, error) -> switch (event.lockToken()) {
				case "a" -> Mono.just(Disposition.reject());
				case "b" -> Mono.just(Disposition.leave());
				default -> Mono.just(Disposition.acknowledge());
			});
			start(options(), (event) -> Mono.error(new IllegalStateException("no")));
			broker().answer(ScriptedBroker.event("a", 1), ScriptedBroker.event("b", 1), ScriptedBroker.event("c", 1));
			advance(Duration.ofMillis(10));
			assertThat(outcomes()).containsEntry("a", EventOutcome.REJECTED)
				.containsEntry("b", EventOutcome.LEFT)
				.containsEntry("c", EventOutcome.ACKNOWLEDGED);
			assertThat(container().status().inFlight()).isZero();
		}

		@Test
		@Requirement("L17")
		void areReleasedWhereTheErrorHandlerFailsOrSaysNothing() {
			errorHandler((event, error) -> switch (event.lockToken()) {
				case "a" -> Mono.error(new IllegalStateException("the error handler too"));
				case "b" -> Mono.empty();
				default -> throw new IllegalStateException("thrown");
			});
			start(options(), (event) -> Mono.error(new IllegalStateException("no")));
			broker().answer(ScriptedBroker.event("a", 1), ScriptedBroker.event("b", 1), ScriptedBroker.event("c", 1));
			advance(Duration.ofMillis(10));
			assertThat(outcomes().values()).containsOnly(EventOutcome.RELEASED).hasSize(3);
			assertThat(container().status().running()).isZero();
		}

		@Test
		void keepTheLockWhileTheErrorHandlerDecides() {
			errorHandler(
					(event, error) -> Mono.delay(Duration.ofMinutes(5), time()).thenReturn(Disposition.acknowledge()));
			start(options(), (event) -> Mono.error(new IllegalStateException("no")));
			broker().answer(ScriptedBroker.event("a", 1));
			advance(Duration.ofMinutes(5));
			assertThat(outcomes()).containsEntry("a", EventOutcome.ACKNOWLEDGED);
		}

	}

	@Nested
	class Stopping {

		private final AtomicBoolean stopped = new AtomicBoolean();

		@Test
		@Requirement("L29")
		void givesBackWhatWaitsAndLetsRunningHandlersEnd() {
			start(ContainerOptions.builder()
				.concurrency(1)
				.lifecycle((lifecycle) -> lifecycle.keepAlive(false))
				.build(), untilTold());
			broker().answer(ScriptedBroker.events(0, 2));
			stop();
			advance(GRACE);
			assertThat(broker().settlements).extracting(ScriptedBroker.Settlement::verb)
				.containsExactly(SettlementVerb.RELEASE_NOW);
			assertThat(container().isRunning()).isTrue();
			advance(Duration.ofSeconds(3));
			complete("token-0");
			advance(Duration.ofMillis(10));
			assertThat(this.stopped).isTrue();
			assertThat(container().isRunning()).isFalse();
			assertThat(outcomes()).containsEntry("token-0", EventOutcome.ACKNOWLEDGED)
				.containsEntry("token-1", EventOutcome.RELEASED);
		}

		@Test
		@Requirement("L30")
		void cancelsHandlersThatDoNotEndInTimeAndReleasesTheirEvents() {
			start(options(), untilTold());
			broker().answer(ScriptedBroker.events(0, 2));
			stop();
			advance(Duration.ofSeconds(17));
			assertThat(this.stopped).isTrue();
			assertThat(cancelled()).containsExactlyInAnyOrder("token-0", "token-1");
			assertThat(outcomes().values()).containsOnly(EventOutcome.RELEASED);
		}

		@Test
		@Requirement("L29")
		void closesTheOpenReceive() {
			start();
			stop();
			advance(GRACE);
			assertThat(this.stopped).isTrue();
			assertThat(broker().cancelledReceives).isEqualTo(1);
			assertThat(broker().open).hasSize(1);
		}

		@Test
		void closesAReceiveThatWaitedForLongAtOnce() {
			start();
			advance(Duration.ofSeconds(1));
			stop();
			advance(Duration.ofMillis(1));
			assertThat(this.stopped).isTrue();
		}

		@Test
		@Requirement("L29")
		void givesBackWhatAJustSentReceiveBringsAfterAll() {
			start(options(), untilTold());
			stop();
			broker().answer(ScriptedBroker.events(0, 3));
			advance(Duration.ofMillis(1));
			assertThat(this.stopped).isTrue();
			assertThat(outcomes().values()).containsOnly(EventOutcome.RELEASED).hasSize(3);
			assertThat(broker().receives).hasSize(1);
		}

		@Test
		@Requirement("L29")
		void awaitsTheOpenReceiveWhereToldToAndReleasesWhatItBrings() {
			start(ContainerOptions.builder()
				.lifecycle((lifecycle) -> lifecycle.openPollOnStop(OpenPollOnStop.AWAIT))
				.lifecycle((lifecycle) -> lifecycle.keepAlive(false))
				.build(), immediately());
			stop();
			advance(Duration.ofSeconds(40));
			assertThat(this.stopped).isFalse();
			broker().answer(ScriptedBroker.events(0, 2));
			advance(Duration.ofMillis(10));
			assertThat(this.stopped).isTrue();
			assertThat(outcomes().values()).containsOnly(EventOutcome.RELEASED).hasSize(2);
			assertThat(broker().receives).hasSize(1);
		}

		@Test
		@Requirement("L29")
		void givesBackAnAnswerThatComesThoughItsReceiveWasCancelled() {
			AtomicReference<@Nullable CoreSubscriber<? super List<ReceivedEvent>>> deaf = new AtomicReference<>();
			broker().receiving = new Mono<>() {

				@Override
				public void subscribe(CoreSubscriber<? super List<ReceivedEvent>> subscriber) {
					subscriber.onSubscribe(Operators.emptySubscription());
					deaf.set(subscriber);
				}
			};
			start();
			advance(Duration.ofSeconds(1));
			stop();
			Objects.requireNonNull(deaf.get()).onNext(List.of(ScriptedBroker.events(0, 2)));
			advance(Duration.ofMillis(10));
			assertThat(this.stopped).isTrue();
			assertThat(outcomes().values()).containsOnly(EventOutcome.RELEASED).hasSize(2);
			assertThat(container().status().inFlight()).isZero();
		}

		@Test
		@Requirement("L30")
		void endsInTimeThoughNothingCanBeSettled() {
			broker().settling = (settlement) -> Mono.never();
			start();
			broker().answer(ScriptedBroker.events(0, 2));
			stop();
			advance(Duration.ofSeconds(20));
			assertThat(this.stopped).isTrue();
			assertThat(outcomes().values()).containsOnly(EventOutcome.AMBIGUOUS).hasSize(2);
		}

		@Test
		void canBeFollowedByAStart() {
			start();
			stop();
			advance(GRACE);
			container().start();
			assertThat(container().isRunning()).isTrue();
			assertThat(broker().receives).hasSize(2);
		}

		private void stop() {
			container().stop(() -> this.stopped.set(true));
		}

	}

	@Test
	@Requirement("L33")
	void anErrorInTheLoopDoesNotLeaveItRunning() {
		EventBroker broken = new EventBroker() {

			@Override
			public Mono<List<ReceivedEvent>> receive(int maxEvents, Duration maxWait) {
				throw new StackOverflowError("no room");
			}

			@Override
			public Mono<SettlementResult> settle(SettlementVerb verb, List<String> lockTokens) {
				return Mono.never();
			}

			@Override
			public Mono<SettlementResult> renewLocks(List<String> lockTokens) {
				return Mono.never();
			}
		};
		EventGridListenerContainer dying = container(broken);
		dying.start();
		assertThat(dying.isRunning()).isFalse();
		assertThat(dying.status().lastError()).isInstanceOf(StackOverflowError.class);
	}

	// == Shorthand ==

	private void errorHandler(ListenerErrorHandler errorHandler) {
		this.errorHandler = errorHandler;
	}

	private void start() {
		start(this.options, immediately());
	}

	private void start(ContainerOptions options, EventHandler.Reactive handler) {
		this.options = options;
		this.handler = handler;
		this.container = container(this.broker);
		this.container.start();
	}

	private EventGridListenerContainer container(EventBroker broker) {
		ContainerServices services = new ContainerServices(
				ErrorHandling.of((this.errorHandler != null) ? this.errorHandler : ListenerErrorHandler.undecided()),
				(event, outcome) -> this.outcomes.put(event.lockToken(), outcome),
				HandlerExecutorFactory.platformThreads(), ObservationRegistry.NOOP,
				new EventProcessObservationConvention(), (happened) -> {
				}, ListenerMetrics.none(), Timing.of(this.time, () -> 0.5));
		EventGridListenerEndpoint endpoint = EventGridListenerEndpoint.of("billing", "orders", "billing", this.handler);
		return new EventGridListenerContainer(endpoint, broker, this.options, services);
	}

	private EventGridListenerContainer container() {
		return Objects.requireNonNull(this.container);
	}

	private ScriptedBroker broker() {
		return this.broker;
	}

	private ContainerOptions options() {
		return this.options;
	}

	private Map<String, EventOutcome> outcomes() {
		return this.outcomes;
	}

	private List<String> cancelled() {
		return this.cancelled;
	}

	private VirtualTimeScheduler time() {
		return this.time;
	}

	private static EventHandler.Reactive immediately() {
		return (event) -> Mono.empty();
	}

	private EventHandler.Reactive untilTold() {
		return (delivery) -> {
			Sinks.Empty<Void> end = Sinks.empty();
			String token = ScriptedBroker.token(delivery);
			this.running.put(token, end);
			return end.asMono().doOnCancel(() -> this.cancelled.add(token));
		};
	}

	private void complete(String token) {
		Sinks.Empty<Void> end = this.running.get(token);
		assertThat(end).as("handler of " + token).isNotNull();
		end.tryEmitEmpty().orThrow();
	}

	private void advance(Duration duration) {
		this.time.advanceTimeBy(duration);
	}

}
