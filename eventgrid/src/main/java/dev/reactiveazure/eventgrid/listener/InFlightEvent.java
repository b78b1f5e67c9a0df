package dev.reactiveazure.eventgrid.listener;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One received event on its way to its end.
 *
 * <pre>
 * RECEIVED ──▶ RUNNING ──▶ SETTLING ──▶ ACKNOWLEDGED | RELEASED | REJECTED
 *     │           │           │
 *     ├───────────┼───────────┤
 *     │           │           └──▶ LOCK_LOST | AMBIGUOUS | REFUSED | DEADLINE
 *     │           └──────────────▶ LOCK_LOST | LEFT | DEADLINE
 *     └──▶ SETTLING (given back) | LOCK_LOST | DEADLINE
 * </pre>
 *
 * Each transition is one compare-and-set and goes forward only. Who wins it owns what it
 * entails: the one who reaches a state without way out returns the event's permit.
 * Transitions are made through {@link InFlightEvents}, which counts them.
 */
final class InFlightEvent {

	private static final AtomicIntegerFieldUpdater<InFlightEvent> ON_LOAN = AtomicIntegerFieldUpdater
		.newUpdater(InFlightEvent.class, "onLoan");

	private static final AtomicIntegerFieldUpdater<InFlightEvent> REPORTED = AtomicIntegerFieldUpdater
		.newUpdater(InFlightEvent.class, "reported");

	@SuppressWarnings("rawtypes") // a class literal has no type argument
	private static final AtomicReferenceFieldUpdater<InFlightEvent, Sinks.@Nullable One> OUTCOME = AtomicReferenceFieldUpdater
		.newUpdater(InFlightEvent.class, Sinks.One.class, "outcome");

	private static final AtomicReferenceFieldUpdater<InFlightEvent, EventState> STATE = AtomicReferenceFieldUpdater
		.newUpdater(InFlightEvent.class, EventState.class, "state");

	private static final AtomicReferenceFieldUpdater<InFlightEvent, HandlingObservation> OBSERVATION = AtomicReferenceFieldUpdater
		.newUpdater(InFlightEvent.class, HandlingObservation.class, "observation");

	private final ReceivedEvent received;

	private final long receivedAt;

	private volatile EventState state = EventState.RECEIVED;

	private volatile long lockedUntil;

	private volatile long renewAt;

	private volatile boolean maybeSettled;

	private volatile int onLoan;

	private volatile int reported;

	private volatile boolean leftToUser;

	private volatile Sinks.@Nullable One<EventOutcome> outcome;

	private volatile @Nullable HandlerRun run;

	private volatile HandlingObservation observation = HandlingObservation.NONE;

	/**
	 * Create an event in the state {@code RECEIVED}.
	 * @param received what was received
	 * @param receivedAt when it was received, by the container's scheduler, in
	 * milliseconds
	 */
	InFlightEvent(ReceivedEvent received, long receivedAt) {
		this.received = received;
		this.receivedAt = receivedAt;
	}

	ReceivedEvent received() {
		return this.received;
	}

	String lockToken() {
		return this.received.lockToken();
	}

	EventState state() {
		return this.state;
	}

	// == Transitions ==

	boolean start() {
		return STATE.compareAndSet(this, EventState.RECEIVED, EventState.RUNNING);
	}

	boolean beginSettling() {
		return STATE.compareAndSet(this, EventState.RUNNING, EventState.SETTLING)
				|| STATE.compareAndSet(this, EventState.RECEIVED, EventState.SETTLING)
				// It may have started between the two.
				|| STATE.compareAndSet(this, EventState.RUNNING, EventState.SETTLING);
	}

	/**
	 * End an event that is neither settled nor being settled.
	 */
	boolean endOpen(EventOutcome outcome) {
		EventState end = EventState.of(outcome);
		return STATE.compareAndSet(this, EventState.RUNNING, end) || STATE.compareAndSet(this, EventState.RECEIVED, end)
				|| STATE.compareAndSet(this, EventState.RUNNING, end);
	}

	/**
	 * End an event that is being settled.
	 */
	boolean endSettling(EventOutcome outcome) {
		return STATE.compareAndSet(this, EventState.SETTLING, EventState.of(outcome));
	}

	// == Lock ==

	long receivedAt() {
		return this.receivedAt;
	}

	long lockedUntil() {
		return this.lockedUntil;
	}

	long renewAt() {
		return this.renewAt;
	}

	void locked(long until, long renewAt) {
		this.lockedUntil = until;
		this.renewAt = renewAt;
	}

	void renewNotBefore(long time) {
		this.renewAt = time;
	}

	// == Settlement ==

	/**
	 * Return whether a settlement was sent of which nobody knows whether it was done.
	 */
	boolean maybeSettled() {
		return this.maybeSettled;
	}

	void markMaybeSettled() {
		this.maybeSettled = true;
	}

	/**
	 * Note that the event's permit is lent.
	 */
	void lendPermit() {
		this.onLoan = 1;
	}

	/**
	 * Note that the event's permit is lent no longer.
	 * @return whether it was
	 */
	boolean callInPermit() {
		return ON_LOAN.compareAndSet(this, 1, 0);
	}

	// == The user's settlement ==

	/**
	 * Return a {@code Mono} of how the event ends.
	 */
	Mono<EventOutcome> outcome() {
		if (this.outcome == null) {
			OUTCOME.compareAndSet(this, null, Sinks.<EventOutcome>one());
		}
		// It may have ended before there was a sink.
		EventOutcome ended = this.state.outcome();
		if (ended != null) {
			return Mono.just(ended);
		}
		return Objects.requireNonNull(this.outcome).asMono();
	}

	/**
	 * Tell those who wait for it how the event ended.
	 */
	void tell(EventOutcome ended) {
		Sinks.One<EventOutcome> awaited = this.outcome;
		if (awaited != null) {
			awaited.tryEmitValue(ended);
		}
	}

	/**
	 * Leave the event, whose handler has ended, to whoever has its settlement.
	 */
	void leaveToUser() {
		this.leftToUser = true;
	}

	boolean isLeftToUser() {
		return this.leftToUser;
	}

	/**
	 * Note that the event was reported as unsettled.
	 * @return whether it is the first time
	 */
	boolean markReported() {
		return REPORTED.compareAndSet(this, 0, 1);
	}

	// == Handler ==

	/**
	 * Set what a lost lock cancels. Must come before {@link #start()}.
	 */
	void runBy(HandlerRun run) {
		this.run = run;
	}

	void cancelRun() {
		HandlerRun current = this.run;
		if (current != null) {
			current.cancel();
		}
	}

	/**
	 * Name the event for a message to a person, without anything confidential.
	 */
	String describe() {
		String delivery = " at delivery " + this.received.deliveryCount();
		if (this.received instanceof ReceivedEvent.Valid valid) {
			return "event " + valid.event().getId() + " of type " + valid.event().getType() + delivery;
		}
		return "a malformed event" + delivery;
	}

	// == Observation ==

	/**
	 * Set who looks on from here to the end.
	 */
	void observedBy(HandlingObservation observation) {
		this.observation = observation;
		EventOutcome ended = this.state.outcome();
		if (ended != null) {
			// It ended before anybody looked, as by a lock that was lost at its start.
			endObservation(ended);
		}
	}

	/**
	 * Tell who looks on how the event ended, once.
	 */
	void endObservation(EventOutcome outcome) {
		OBSERVATION.getAndSet(this, HandlingObservation.NONE).ended(outcome);
	}

	HandlingObservation observation() {
		return this.observation;
	}

	@Override
	public String toString() {
		return this.received.getClass().getSimpleName() + "[" + this.state + ", delivery "
				+ this.received.deliveryCount() + "]";
	}

}
