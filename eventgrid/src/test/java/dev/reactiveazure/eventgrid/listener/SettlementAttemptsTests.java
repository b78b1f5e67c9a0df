package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import dev.reactiveazure.core.AttemptedCall;
import dev.reactiveazure.core.ServiceError;
import dev.reactiveazure.core.ThrottledException;
import dev.reactiveazure.eventgrid.FailedLockToken;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.SettlementResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attempts to settle that fail, in part or in whole.
 */
class SettlementAttemptsTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final ScriptedBroker broker = new ScriptedBroker();

	private final Map<String, EventOutcome> outcomes = new LinkedHashMap<>();

	private final List<String> failures = new ArrayList<>();

	private final Permits permits = new Permits(100, () -> {
	});

	private final InFlightEvents inFlight = new InFlightEvents(this.permits,
			new LockTimes(Duration.ofSeconds(60), Duration.ofHours(1), () -> 0.5), new Listener());

	private final SettlementBatcher batcher = new SettlementBatcher("billing", this.broker, ContainerOptions.defaults(),
			this.inFlight, Timing.of(this.time, () -> 0.5));

	@AfterEach
	void disposeTime() {
		this.time.dispose();
	}

	@Test
	@Requirement("L12")
	void settleTwoDeliveriesOfOneEventIndependently() {
		answer((tokens) -> new SettlementResult(List.of("second"),
				List.of(new FailedLockToken("first", "TokenLost", "Token has expired."))));
		settle(delivery("first"), delivery("second"));
		assertThat(this.outcomes).containsEntry("first", EventOutcome.LOCK_LOST)
			.containsEntry("second", EventOutcome.ACKNOWLEDGED);
		assertThat(this.permits.free()).isEqualTo(100);
	}

	@Test
	@Requirement("L12")
	void areReportedEachByTheServicesCode() {
		answer((tokens) -> new SettlementResult(List.of(),
				tokens.stream().map((token) -> new FailedLockToken(token, "InternalServerError", "")).toList()));
		settle(delivery("a"));
		answer(ScriptedBroker::success);
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.failures).containsExactly("a Acknowledge InternalServerError");
		assertThat(this.outcomes).containsEntry("a", EventOutcome.ACKNOWLEDGED);
	}

	@Test
	@Requirement("L12")
	void areReportedWhereTheRequestFailed() {
		AttemptedCall call = new AttemptedCall("acknowledge", "orders/billing", "http://localhost", 1, false);
		this.broker.settling = (settlement) -> Mono
			.error(new ThrottledException(call, new ServiceError(429, "TooManyRequests", null, null, null), null));
		settle(delivery("a"), delivery("b"));
		assertThat(this.failures).containsExactly("a Acknowledge TooManyRequests", "b Acknowledge TooManyRequests");
		assertThat(this.outcomes).isEmpty();
	}

	@Test
	@Requirement("L12")
	void areNotRepeatedForLostLocks() {
		answer((tokens) -> ScriptedBroker.failure(tokens, "TokenLost"));
		settle(delivery("a"));
		this.time.advanceTimeBy(Duration.ofSeconds(61));
		assertThat(this.broker.settlements).hasSize(1);
		assertThat(this.failures).containsExactly("a Acknowledge TokenLost");
	}

	@Test
	void areRepeatedForTokensThatTheAnswerForgot() {
		answer((tokens) -> new SettlementResult(List.of("a"), List.of()));
		settle(delivery("a"), delivery("b"));
		answer(ScriptedBroker::success);
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.broker.settlements.get(1).tokens()).containsExactly("b");
		assertThat(this.failures).containsExactly("b Acknowledge NotMentioned");
	}

	@Test
	@Requirement("L12")
	void endWithTheLock() {
		answer((tokens) -> ScriptedBroker.failure(tokens, "InternalServerError"));
		settle(delivery("a"));
		this.time.advanceTimeBy(Duration.ofSeconds(59));
		assertThat(this.outcomes).isEmpty();
		this.time.advanceTimeBy(Duration.ofSeconds(2));
		assertThat(this.outcomes).containsEntry("a", EventOutcome.DEADLINE);
		int attempts = this.broker.settlements.size();
		this.time.advanceTimeBy(Duration.ofMinutes(5));
		assertThat(this.broker.settlements).hasSize(attempts);
		assertThat(this.permits.free()).isEqualTo(100);
	}

	private void answer(Function<List<String>, SettlementResult> answer) {
		this.broker.settling = (settlement) -> Mono.just(answer.apply(settlement.tokens()));
	}

	private void settle(ReceivedEvent... received) {
		this.permits.take(received.length);
		List<InFlightEvent> events = this.inFlight.add(List.of(received), this.time.now(TimeUnit.MILLISECONDS));
		events.forEach((event) -> this.batcher.settle(event, Disposition.acknowledge()));
	}

	private static ReceivedEvent delivery(String token) {
		ReceivedEvent.Valid same = (ReceivedEvent.Valid) ScriptedBroker.event("same", 1);
		return new ReceivedEvent.Valid(same.event(), token, 1);
	}

	private final class Listener implements SettlementListener {

		@Override
		public void ended(ReceivedEvent event, EventOutcome outcome) {
			SettlementAttemptsTests.this.outcomes.put(event.lockToken(), outcome);
		}

		@Override
		public void failed(ReceivedEvent event, Disposition attempted, String code) {
			SettlementAttemptsTests.this.failures
				.add(event.lockToken() + " " + attempted.getClass().getSimpleName() + " " + code);
		}

	}

}
