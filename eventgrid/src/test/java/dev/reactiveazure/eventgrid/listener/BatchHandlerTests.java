package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.ReleaseDelay;
import dev.reactiveazure.eventgrid.Requirement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What becomes of the events of a batch, whatever happens to some of them.
 */
class BatchHandlerTests {

	private final VirtualContainer containers = new VirtualContainer();

	private final ScriptedBroker broker = new ScriptedBroker();

	private final Handler handler = new Handler();

	private @Nullable EventGridListenerContainer container;

	@AfterEach
	void disposeTime() {
		this.containers.time.dispose();
	}

	@Test
	@Requirement("L24")
	void areHandledWithOneCallAsFarAsTheyWait() {
		start(ContainerOptions.builder().concurrency(1));
		this.broker.answer(ScriptedBroker.events(0, 1));
		this.broker.answer(ScriptedBroker.events(1, 5));
		assertThat(this.handler.calls).containsExactly(List.of("token-0"));
		this.handler.complete(0);
		assertThat(this.handler.calls).extracting(List::size).containsExactly(1, 5);
		this.handler.complete(1);
		this.containers.advance(Duration.ofMillis(20));
		assertThat(this.containers.outcomes).hasSize(6).containsValue(EventOutcome.ACKNOWLEDGED);
		assertThat(container().status().running()).isZero();
	}

	@Test
	@Requirement("L24")
	void areNoMoreThanMayBeReceivedAtATime() {
		start(ContainerOptions.builder()
			.concurrency(1)
			.maxInFlight(6)
			.receiving((receiving) -> receiving.maxEvents(3)));
		this.broker.answer(ScriptedBroker.events(0, 3));
		this.broker.answer(ScriptedBroker.events(3, 3));
		this.handler.complete(0);
		assertThat(this.handler.calls).extracting(List::size).containsExactly(3, 3);
	}

	@Test
	@Requirement("L24")
	void haveRoomForTwoBatchesUnlessToldOtherwise() {
		EventGridListenerEndpoint endpoint = EventGridListenerEndpoint.of("billing", "orders", "billing", this.handler);
		assertThat(endpoint.applyTo(ContainerOptions.defaults()).maxInFlight()).isEqualTo(200);
		assertThat(endpoint.applyTo(ContainerOptions.builder().maxInFlight(30).build()).maxInFlight()).isEqualTo(30);
	}

	@Test
	@Requirement("L24")
	void areDecidedAboutOneByOne() {
		start(ContainerOptions.builder());
		this.broker.answer(ScriptedBroker.events(0, 3));
		this.handler.decide(0,
				List.of(Disposition.acknowledge(), Disposition.release(ReleaseDelay.NONE), Disposition.reject()));
		this.containers.advance(Duration.ofMillis(20));
		assertThat(this.containers.outcomes).containsExactlyInAnyOrderEntriesOf(Map.of("token-0",
				EventOutcome.ACKNOWLEDGED, "token-1", EventOutcome.RELEASED, "token-2", EventOutcome.REJECTED));
	}

	@Test
	@Requirement("L24")
	void areAllReleasedWhereDecisionsAreMissing() {
		start(ContainerOptions.builder());
		this.broker.answer(ScriptedBroker.events(0, 3));
		this.handler.decide(0, List.of(Disposition.acknowledge()));
		this.containers.advance(Duration.ofMillis(20));
		assertThat(this.containers.outcomes).hasSize(3).doesNotContainValue(EventOutcome.ACKNOWLEDGED);
	}

	@Test
	@Requirement("L24")
	void areAcknowledgedBeforeTheOneThatFailedAndReleasedAfterIt() {
		start(ContainerOptions.builder().failures((failures) -> failures.deadLettered(true)));
		this.broker.answer(ScriptedBroker.events(0, 4));
		this.handler.fail(0, new BatchFailureException(1, new ClassCastException("fatal")));
		this.containers.advance(Duration.ofMillis(20));
		assertThat(this.containers.outcomes)
			.containsExactlyInAnyOrderEntriesOf(Map.of("token-0", EventOutcome.ACKNOWLEDGED, "token-1",
					EventOutcome.REJECTED, "token-2", EventOutcome.RELEASED, "token-3", EventOutcome.RELEASED));
		assertThat(this.broker.settlements).filteredOn((sent) -> sent.verb() == SettlementVerb.RELEASE_NOW)
			.flatExtracting(ScriptedBroker.Settlement::tokens)
			.containsExactlyInAnyOrder("token-2", "token-3");
	}

	@Test
	@Requirement("L24")
	void allFailWithAnyOtherError() {
		start(ContainerOptions.builder());
		this.broker.answer(ScriptedBroker.events(0, 3));
		this.handler.fail(0, new BatchFailureException(3, new IllegalStateException("beyond the end")));
		this.containers.advance(Duration.ofMillis(20));
		assertThat(this.containers.outcomes).hasSize(3)
			.allSatisfy((token, outcome) -> assertThat(outcome).isEqualTo(EventOutcome.RELEASED));
	}

	@Test
	@Requirement("L24")
	void shutTheGateByAsManyFailedCallsNotByTheirEvents() {
		start(ContainerOptions.builder().concurrency(1).gate((gate) -> gate.failures(3)));
		for (int i = 0; i < 2; i++) {
			this.broker.answer(ScriptedBroker.events(10 * i, 10));
			this.handler.fail(i, new IllegalStateException("down"));
		}
		assertThat(container().status().gate()).isEqualTo(GateState.OPEN);
		this.broker.answer(ScriptedBroker.events(20, 10));
		// What is released behind the failed event is no success.
		this.handler.fail(2, new BatchFailureException(0, new IllegalStateException("down")));
		assertThat(container().status().gate()).isEqualTo(GateState.SHUT);
	}

	@Test
	@Requirement({ "L24", "L17" })
	void areHandledWithoutTheOneThatCannotBeDecoded() {
		start(ContainerOptions.builder());
		this.handler.unprepared = "token-2";
		this.broker.answer(ScriptedBroker.event("token-1", 1), ScriptedBroker.event("token-2", 1),
				new ReceivedEvent.Malformed("{}", "no id", "token-3", 1), ScriptedBroker.event("token-4", 1));
		assertThat(this.handler.calls).containsExactly(List.of("token-1", "token-4"));
		this.handler.complete(0);
		this.containers.advance(Duration.ofMillis(20));
		assertThat(this.containers.outcomes)
			.containsExactlyInAnyOrderEntriesOf(Map.of("token-1", EventOutcome.ACKNOWLEDGED, "token-2",
					EventOutcome.RELEASED, "token-3", EventOutcome.RELEASED, "token-4", EventOutcome.ACKNOWLEDGED));
	}

	@Test
	@Requirement("L24")
	void giveTheSlotBackWhereNoneOfThemCanBeDecoded() {
		start(ContainerOptions.builder().concurrency(1));
		this.handler.unprepared = "token-0";
		this.broker.answer(ScriptedBroker.events(0, 1));
		this.broker.answer(new ReceivedEvent.Malformed("{}", "no id", "token-1", 1));
		this.containers.advance(Duration.ofMillis(20));
		assertThat(this.handler.calls).isEmpty();
		assertThat(this.containers.outcomes).hasSize(2);
		assertThat(container().status().running()).isZero();
	}

	@Test
	@Requirement({ "L24", "L19" })
	void cancelTheirHandlerWhenAllOfTheirLocksAreLost() {
		start(ContainerOptions.builder());
		this.broker.answer(ScriptedBroker.events(0, 2));
		this.broker.renewing = (tokens) -> Mono.just(ScriptedBroker.failure(List.of("token-0"), "TokenLost"));
		this.containers.advance(Duration.ofSeconds(42));
		assertThat(this.containers.outcomes).containsExactly(Map.entry("token-0", EventOutcome.LOCK_LOST));
		assertThat(this.handler.cancelled).isEmpty();
		this.broker.renewing = (tokens) -> Mono.just(ScriptedBroker.failure(tokens, "TokenLost"));
		this.containers.advance(Duration.ofSeconds(10));
		assertThat(this.containers.outcomes).containsEntry("token-1", EventOutcome.LOCK_LOST);
		assertThat(this.handler.cancelled).containsExactly(List.of("token-0", "token-1"));
		assertThat(this.broker.settlements).isEmpty();
		assertThat(container().status().running()).isZero();
	}

	@Test
	@Requirement({ "L24", "L19" })
	void areAcknowledgedButForTheOneThatLostItsLock() {
		start(ContainerOptions.builder());
		this.broker.answer(ScriptedBroker.events(0, 2));
		this.broker.renewing = (tokens) -> Mono.just(ScriptedBroker.failure(List.of("token-0"), "TokenLost"));
		this.containers.advance(Duration.ofSeconds(42));
		this.handler.complete(0);
		this.containers.advance(Duration.ofMillis(20));
		assertThat(this.broker.settlements).flatExtracting(ScriptedBroker.Settlement::tokens)
			.containsExactly("token-1");
	}

	@Test
	@Requirement({ "L24", "L30" })
	void areGivenBackByAStopThatCancelsTheirHandler() {
		start(ContainerOptions.builder());
		this.broker.answer(ScriptedBroker.events(0, 3));
		container().stop(() -> {
		});
		this.containers.advance(Duration.ofSeconds(21));
		assertThat(this.handler.cancelled).hasSize(1);
		assertThat(this.containers.outcomes).hasSize(3)
			.allSatisfy((token, outcome) -> assertThat(outcome).isEqualTo(EventOutcome.RELEASED));
	}

	@Test
	@Requirement({ "L24", "L26" })
	void allFailWhenTheirTimeIsOver() {
		this.container = this.containers.createFor(this.broker, ContainerOptions.builder(),
				new EventHandler.Limited(this.handler, Duration.ofSeconds(5)));
		this.container.start();
		this.broker.answer(ScriptedBroker.events(0, 2));
		this.containers.advance(Duration.ofSeconds(6));
		assertThat(this.handler.cancelled).hasSize(1);
		assertThat(this.containers.outcomes).hasSize(2)
			.allSatisfy((token, outcome) -> assertThat(outcome).isEqualTo(EventOutcome.RELEASED));
		assertThat(container().status().running()).isZero();
	}

	@Test
	void failThoughTheHandlerThrowsAnError() {
		start(ContainerOptions.builder());
		this.handler.thrown = new NoClassDefFoundError("gone");
		this.broker.answer(ScriptedBroker.events(0, 2));
		this.containers.advance(Duration.ofMillis(20));
		assertThat(this.containers.outcomes).hasSize(2).doesNotContainValue(EventOutcome.ACKNOWLEDGED);
		assertThat(container().status().running()).isZero();
	}

	@Test
	void areNotMixedWithSingleEventsOnOneSubscription() {
		assertThatIllegalArgumentException().isThrownBy(() -> new EventHandler.ByType(Map.of("a", this.handler),
				VirtualContainer.immediately(), UnknownType.RELEASE));
	}

	private void start(ContainerOptions.Builder options) {
		this.container = this.containers.createFor(this.broker, options, this.handler);
		this.container.start();
	}

	private EventGridListenerContainer container() {
		EventGridListenerContainer current = this.container;
		assertThat(current).isNotNull();
		return current;
	}

	/**
	 * Handles what it is told.
	 */
	private static final class Handler implements EventHandler.Batch<String> {

		final List<List<String>> calls = new ArrayList<>();

		final List<List<String>> cancelled = new ArrayList<>();

		private final List<Sinks.One<List<Disposition>>> ends = new ArrayList<>();

		@Nullable String unprepared;

		@Nullable Error thrown;

		@Override
		public boolean blocks() {
			return false;
		}

		@Override
		public String prepare(Delivery delivery) {
			String token = ScriptedBroker.token(delivery);
			if (token.equals(this.unprepared)) {
				throw new IllegalArgumentException("not decodable");
			}
			return token;
		}

		@Override
		public Mono<List<Disposition>> handle(List<String> events) {
			if (this.thrown != null) {
				throw this.thrown;
			}
			this.calls.add(events);
			Sinks.One<List<Disposition>> end = Sinks.one();
			this.ends.add(end);
			return end.asMono().doOnCancel(() -> this.cancelled.add(events));
		}

		void complete(int call) {
			this.ends.get(call).tryEmitEmpty().orThrow();
		}

		void decide(int call, List<Disposition> decisions) {
			this.ends.get(call).tryEmitValue(decisions).orThrow();
		}

		void fail(int call, Throwable error) {
			this.ends.get(call).tryEmitError(error).orThrow();
		}

	}

}
