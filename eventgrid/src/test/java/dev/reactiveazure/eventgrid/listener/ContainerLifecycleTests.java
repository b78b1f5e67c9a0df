package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.reactiveazure.core.AuthenticationException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.eventgrid.Requirement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Starting, pausing, refusals and recovery of containers.
 */
class ContainerLifecycleTests {

	private final VirtualContainer virtual = new VirtualContainer();

	private final ScriptedBroker broker = new ScriptedBroker();

	private @Nullable EventGridListenerContainer container;

	@AfterEach
	void disposeTime() {
		this.virtual.time.dispose();
	}

	@Nested
	class Pausing {

		@Test
		@Requirement("L32")
		void endsReceivingWithinASecondWhileRunningHandlersKeepTheirLocksAndSettle() {
			start(options().concurrency(1).maxInFlight(4), virtual().untilTold());
			broker().answer(ScriptedBroker.events(0, 2));
			container().pause("maintenance");
			assertThat(container().status().phase()).isEqualTo(ContainerStatus.Phase.PAUSED);
			assertThat(container().status().reason()).isEqualTo("maintenance");
			virtual().advance(Duration.ofSeconds(1));
			assertThat(container().status().openPolls()).isZero();
			virtual().advance(Duration.ofSeconds(45));
			assertThat(broker().renewals).isNotEmpty()
				.allSatisfy((tokens) -> assertThat(tokens).containsExactly("token-0"));
			virtual().complete("token-0");
			virtual().advance(Duration.ofMillis(10));
			assertThat(virtual().outcomes).containsEntry("token-0", EventOutcome.ACKNOWLEDGED);
			assertThat(broker().receives).hasSize(2);
			assertThat(container().isRunning()).isTrue();
		}

		@Test
		@Requirement("L32")
		void givesBackWhatWaitsAfterAGraceTime() {
			start(options().concurrency(1).maxInFlight(4), virtual().untilTold());
			broker().answer(ScriptedBroker.events(0, 3));
			container().pause();
			virtual().advance(Duration.ofMillis(4_999));
			assertThat(virtual().outcomes).isEmpty();
			virtual().advance(Duration.ofMillis(20));
			assertThat(virtual().outcomes).containsOnlyKeys("token-1", "token-2").containsValue(EventOutcome.RELEASED);
			assertThat(broker().settlements).extracting(ScriptedBroker.Settlement::verb)
				.containsOnly(SettlementVerb.RELEASE_NOW);
		}

		@Test
		@Requirement("L32")
		void endsWithReceivingAtOnce() {
			start(options(), VirtualContainer.immediately());
			container().pause();
			virtual().advance(Duration.ofMinutes(5));
			int before = broker().receives.size();
			container().resume();
			virtual().advance(Duration.ofMillis(100));
			assertThat(broker().receives).hasSize(before + 1);
			assertThat(container().status().phase()).isEqualTo(ContainerStatus.Phase.RUNNING);
			assertThat(container().status().reason()).isNull();
		}

		@Test
		void endsWithHandlingWhatStillWaits() {
			start(options().concurrency(1).maxInFlight(2), virtual().untilTold());
			broker().answer(ScriptedBroker.events(0, 2));
			container().pause();
			virtual().complete("token-0");
			virtual().advance(Duration.ofSeconds(4));
			assertThat(virtual().running).containsOnlyKeys("token-0");
			container().resume();
			virtual().complete("token-1");
			virtual().advance(Duration.ofSeconds(10));
			assertThat(virtual().outcomes.values()).hasSize(2).containsOnly(EventOutcome.ACKNOWLEDGED);
		}

		@Test
		void isRefusedWhereNothingRuns() {
			start(options(), VirtualContainer.immediately());
			container().stop(() -> {
			});
			virtual().advance(Duration.ofSeconds(1));
			assertThatIllegalStateException().isThrownBy(() -> container().pause()).withMessageContaining("'billing'");
			assertThatIllegalStateException().isThrownBy(() -> container().resume()).withMessageContaining("'billing'");
		}

		@Test
		void leavesStoppingPossible() {
			start(options(), VirtualContainer.immediately());
			container().pause();
			AtomicBoolean stopped = new AtomicBoolean();
			container().stop(() -> stopped.set(true));
			virtual().advance(Duration.ofSeconds(1));
			assertThat(stopped).isTrue();
			container().start();
			assertThat(container().status().phase()).isEqualTo(ContainerStatus.Phase.RUNNING);
			assertThat(broker().receives).hasSize(2);
		}

	}

	@Test
	void tellsTheApplicationWhatHappens() {
		start(options(), VirtualContainer.immediately());
		container().pause("maintenance");
		container().resume();
		container().stop(() -> {
		});
		this.virtual.advance(Duration.ofSeconds(1));
		assertThat(this.virtual.published).hasExactlyElementsOfTypes(ContainerEvent.Started.class,
				ContainerEvent.Paused.class, ContainerEvent.Resumed.class, ContainerEvent.Stopped.class);
		assertThat(this.virtual.published).allMatch((event) -> event.container() == container());
		assertThat(((ContainerEvent.Paused) this.virtual.published.get(1)).reason()).isEqualTo("maintenance");
		assertThat(((ContainerEvent.Stopped) this.virtual.published.get(3)).error()).isNull();
	}

	@Nested
	class Refusals {

		@Test
		@Requirement("L33")
		void atRunTimeAreShownAndRecoveredFrom() {
			start(options(), VirtualContainer.immediately());
			broker().fail(VirtualContainer.unauthorized());
			assertThat(container().isRunning()).isTrue();
			assertThat(container().status().failedReceives()).isEqualTo(1);
			assertThat(container().status().lastError()).isInstanceOf(AuthenticationException.class);
			virtual().advance(Duration.ofSeconds(1));
			broker().fail(VirtualContainer.notFound());
			assertThat(container().status().failedReceives()).isEqualTo(2);
			virtual().advance(Duration.ofSeconds(2));
			broker().answer();
			assertThat(container().status().failedReceives()).isZero();
			assertThat(container().status().lastError()).isNull();
			virtual().advance(Duration.ofMillis(1_500));
			assertThat(container().status().sinceLastReceive()).isEqualTo(Duration.ofMillis(1_500));
		}

		@Test
		@Requirement("L33")
		void endTheContainerWhereToldTo() {
			start(options().receiving((receiving) -> receiving.onAuthFailure(OnAuthFailure.STOP)),
					VirtualContainer.immediately());
			broker().fail(VirtualContainer.notFound());
			assertThat(container().isRunning()).isTrue();
			virtual().advance(Duration.ofSeconds(1));
			broker().fail(VirtualContainer.unauthorized());
			virtual().advance(Duration.ofSeconds(1));
			assertThat(container().isRunning()).isFalse();
			assertThat(container().status().phase()).isEqualTo(ContainerStatus.Phase.FAILED);
			assertThat(container().status().lastError()).isInstanceOf(AuthenticationException.class);
			assertThat(virtual().published).hasExactlyElementsOfTypes(ContainerEvent.Started.class,
					ContainerEvent.Failed.class, ContainerEvent.Stopped.class);
			container().start();
			assertThat(container().status().phase()).isEqualTo(ContainerStatus.Phase.RUNNING);
		}

		@Test
		@Requirement("L33")
		void atTheStartEndTheApplicationsWhereToldTo() {
			broker().renewing = (tokens) -> Mono.error(VirtualContainer.notFound());
			assertThatIllegalStateException().isThrownBy(() -> startWith(StartupPolicy.STOP))
				.withMessageContaining("'billing'")
				.withMessageContaining("orders/billing")
				.withCauseInstanceOf(NotFoundException.class);
			assertThat(container().isRunning()).isFalse();
			assertThat(container().status().phase()).isEqualTo(ContainerStatus.Phase.FAILED);
			assertThat(broker().receives).isEmpty();
		}

		@Test
		@Requirement("L33")
		void atTheStartLeaveAFailedContainerThatCanBeStartedLater() {
			broker().renewing = (tokens) -> Mono.error(VirtualContainer.unauthorized());
			startWith(StartupPolicy.CONTINUE);
			assertThat(container().status().phase()).isEqualTo(ContainerStatus.Phase.FAILED);
			assertThat(container().status().lastError()).isInstanceOf(AuthenticationException.class);
			broker().renewing = (tokens) -> Mono.just(ScriptedBroker.failure(tokens, "BadToken"));
			container().start();
			assertThat(container().status().phase()).isEqualTo(ContainerStatus.Phase.RUNNING);
			assertThat(broker().receives).hasSize(1);
		}

		@Test
		@Requirement("L33")
		void atTheStartAreNotAskedForWhereReceivingIsTriedAgain() {
			broker().renewing = (tokens) -> Mono.error(VirtualContainer.unauthorized());
			startWith(StartupPolicy.RETRY);
			assertThat(broker().renewals).isEmpty();
			assertThat(container().isRunning()).isTrue();
		}

		private void startWith(StartupPolicy policy) {
			start(options().lifecycle((lifecycle) -> lifecycle.onStartupFailure(policy)),
					VirtualContainer.immediately());
		}

	}

	@Nested
	class Throttling {

		@Test
		@Requirement("L4")
		void halvesWhatIsReceivedAndBegunAndLetsItGrowAgain() {
			start(options().concurrency(10), virtual().untilTold());
			broker().fail(VirtualContainer.throttled());
			virtual().advance(Duration.ofMillis(500));
			assertThat(lastAsked()).isEqualTo(10);
			broker().answer(ScriptedBroker.events(0, 10));
			assertThat(container().status().running()).isEqualTo(5);
			for (int i = 0; i < 10; i++) {
				virtual().complete("token-" + i);
			}
			virtual().advance(Duration.ofSeconds(1));
			for (int second = 0; second < 10; second++) {
				virtual().advance(Duration.ofSeconds(1));
				broker().answer();
			}
			assertThat(lastAsked()).isEqualTo(20);
		}

		@Test
		void isNotedOnSettlementsToo() {
			broker().settling = (settlement) -> Mono.error(VirtualContainer.throttled());
			start(options().concurrency(10), VirtualContainer.immediately());
			broker().answer(ScriptedBroker.events(0, 1));
			virtual().advance(Duration.ofMillis(10));
			broker().answer();
			// One of the ten is still being settled.
			assertThat(lastAsked()).isEqualTo(9);
		}

		private int lastAsked() {
			return broker().receives.get(broker().receives.size() - 1).maxEvents();
		}

	}

	@Nested
	class Permits {

		@Test
		@Requirement("L2")
		void waitFiveMillisecondsForOthersUnderBacklog() {
			start(options().concurrency(20).maxInFlight(20), virtual().untilTold());
			broker().answer(ScriptedBroker.events(0, 20));
			virtual().complete("token-0");
			virtual().complete("token-1");
			virtual().advance(Duration.ofMillis(14));
			assertThat(virtual().outcomes).hasSize(2);
			assertThat(broker().receives).hasSize(1);
			virtual().advance(Duration.ofMillis(1));
			assertThat(broker().open).extracting(ScriptedBroker.Receive::maxEvents).containsExactly(2);
		}

		@Test
		@Requirement("L2")
		void waitForNobodyWhenTheSubscriptionIsEmpty() {
			start(options().concurrency(20).maxInFlight(20), virtual().untilTold());
			broker().answer(ScriptedBroker.events(0, 19));
			assertThat(broker().open).extracting(ScriptedBroker.Receive::maxEvents).containsExactly(1);
		}

	}

	@Test
	void aRateLimitHoldsForAllContainersThatShareIt() {
		DistantBroker distant = new DistantBroker(Duration.ofMillis(2), this.virtual.time);
		distant.rateLimit = EventRateLimit.perSecond(100);
		for (int i = 0; i < 2; i++) {
			this.virtual.create(distant, options().concurrency(50), VirtualContainer.immediately()).start();
		}
		this.virtual.advance(Duration.ofSeconds(20));
		assertThat(distant.settled).isBetween(2_000, 2_300);
	}

	// == Shorthand ==

	private static ContainerOptions.Builder options() {
		return ContainerOptions.builder();
	}

	private void start(ContainerOptions.Builder options, EventHandler.Reactive handler) {
		this.container = this.virtual.create(this.broker, options, handler);
		this.container.start();
	}

	private EventGridListenerContainer container() {
		return Objects.requireNonNull(this.container);
	}

	private ScriptedBroker broker() {
		return this.broker;
	}

	private VirtualContainer virtual() {
		return this.virtual;
	}

}
