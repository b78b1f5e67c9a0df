package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.SettlementResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whose locks are renewed, when, and for how long.
 */
class LockRenewerTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final ScriptedBroker broker = new ScriptedBroker();

	private final Map<String, EventOutcome> outcomes = new TreeMap<>();

	private final LockTimes lockTimes = new LockTimes(Duration.ofSeconds(60), Duration.ofMinutes(10), () -> 0.5);

	private final AtomicInteger losses = new AtomicInteger();

	private final InFlightEvents inFlight = new InFlightEvents(new Permits(1_000, () -> {
	}), this.lockTimes, (event, outcome) -> this.outcomes.put(event.lockToken(), outcome));

	private final SettlementBatcher settlements = new SettlementBatcher("billing", this.broker,
			ContainerOptions.defaults(), this.inFlight, Timing.of(this.time, () -> 0.5));

	@AfterEach
	void disposeTime() {
		this.time.dispose();
	}

	@Test
	@Requirement({ "L18", "L20" })
	void renewsAHundredLocksWithOneRequest() {
		renewer();
		receive(250);
		this.time.advanceTimeBy(Duration.ofSeconds(29));
		assertThat(this.broker.renewals).isEmpty();
		this.time.advanceTimeBy(Duration.ofSeconds(13));
		assertThat(this.broker.renewals).extracting(List::size).containsExactly(100, 100, 50);
	}

	@Test
	@Requirement("L20")
	void renewsNoLockOfAnEventThatIsBeingSettled() {
		this.broker.settling = (settlement) -> Mono.never();
		renewer();
		List<InFlightEvent> events = receive(2);
		this.settlements.settle(events.get(0), Disposition.acknowledge());
		this.time.advanceTimeBy(Duration.ofSeconds(42));
		assertThat(this.broker.renewals).containsExactly(List.of("token-1"));
	}

	@Test
	@Requirement("L18")
	void renewsNoMoreWhenTheLongestLockIsOver() {
		renewer();
		receive(1);
		this.time.advanceTimeBy(Duration.ofMinutes(10));
		int renewals = this.broker.renewals.size();
		assertThat(renewals).isBetween(14, 20);
		this.time.advanceTimeBy(Duration.ofMinutes(2));
		assertThat(this.broker.renewals).hasSize(renewals);
		assertThat(this.outcomes).containsEntry("token-0", EventOutcome.LOCK_LOST);
	}

	@Test
	@Requirement("L19")
	void endsAnEventWhoseLockRunsOutBecauseNoRenewalComesThrough() {
		this.broker.renewing = (tokens) -> Mono.error(new IllegalStateException("no network"));
		renewer();
		receive(1);
		this.time.advanceTimeBy(Duration.ofSeconds(59));
		assertThat(this.outcomes).isEmpty();
		this.time.advanceTimeBy(Duration.ofSeconds(7));
		assertThat(this.outcomes).containsEntry("token-0", EventOutcome.LOCK_LOST);
	}

	@Test
	@Requirement("L18")
	@ExtendWith(OutputCaptureExtension.class)
	void warnsOnceThatTheLockLengthMayBeWrong(CapturedOutput output) {
		this.broker.renewing = (tokens) -> Mono.just(ScriptedBroker.failure(tokens, "TokenLost"));
		renewer();
		receive(3);
		this.time.advanceTimeBy(Duration.ofSeconds(42));
		assertThat(this.outcomes).hasSize(3);
		assertThat(output.toString())
			.containsOnlyOnce("Is the lock duration configured for the listener longer than the subscription's?");
	}

	@Test
	void refusesToRenewOnDemandWhenTheLongestLockIsOver() {
		LockRenewer renewer = renewer();
		InFlightEvent event = receive(1).get(0);
		this.time.advanceTimeBy(Duration.ofMinutes(10));
		int renewals = this.broker.renewals.size();
		List<Throwable> errors = new ArrayList<>();
		renewer.renew(event).subscribe((nothing) -> {
		}, errors::add);
		assertThat(errors).singleElement().isInstanceOf(IllegalStateException.class);
		assertThat(this.broker.renewals).hasSize(renewals);
	}

	@Test
	void leavesAnEventAsItIsWhereARenewalOnDemandFails() {
		LockRenewer renewer = renewer();
		InFlightEvent event = receive(1).get(0);
		this.broker.renewing = (tokens) -> Mono.just(new SettlementResult(List.of(), List.of()));
		List<Throwable> errors = new ArrayList<>();
		renewer.renew(event).subscribe((nothing) -> {
		}, errors::add);
		assertThat(errors).singleElement().isInstanceOf(IllegalStateException.class);
		assertThat(event.state().isOpen()).isTrue();
	}

	@Test
	@Requirement("L19")
	void saysOnceThatLocksWereLost() {
		renewer();
		receive(3);
		this.broker.renewing = (tokens) -> Mono.just(ScriptedBroker.failure(tokens, "TokenLost"));
		this.time.advanceTimeBy(Duration.ofSeconds(50));
		assertThat(this.outcomes).hasSize(3).containsValue(EventOutcome.LOCK_LOST);
		assertThat(this.losses).hasValue(1);
	}

	@Test
	@Requirement("L19")
	void saysThatLocksRanOut() {
		renewer();
		receive(3);
		this.broker.renewing = (tokens) -> Mono.error(new IllegalStateException("away"));
		this.time.advanceTimeBy(Duration.ofSeconds(70));
		assertThat(this.outcomes).hasSize(3).containsValue(EventOutcome.LOCK_LOST);
		assertThat(this.losses).hasValue(1);
	}

	private LockRenewer renewer() {
		LockRenewer renewer = new LockRenewer("billing", this.broker, this.inFlight, this.lockTimes,
				new UnsettledEvents("billing", this.lockTimes, this.settlements,
						new ReleaseLadder(List.of(Duration.ZERO))),
				true, this.losses::incrementAndGet, Timing.of(this.time, () -> 0.5));
		renewer.start();
		return renewer;
	}

	private List<InFlightEvent> receive(int count) {
		List<InFlightEvent> events = this.inFlight.add(List.of(ScriptedBroker.events(0, count)),
				this.time.now(TimeUnit.MILLISECONDS));
		events.forEach(InFlightEvent::start);
		return events;
	}

}
