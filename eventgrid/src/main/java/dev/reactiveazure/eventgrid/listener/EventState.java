package dev.reactiveazure.eventgrid.listener;

import org.jspecify.annotations.Nullable;

/**
 * Where an event in flight is. {@link InFlightEvent} draws the transitions.
 */
enum EventState {

	RECEIVED(null), RUNNING(null), SETTLING(null),

	ACKNOWLEDGED(EventOutcome.ACKNOWLEDGED), RELEASED(EventOutcome.RELEASED), REJECTED(EventOutcome.REJECTED),

	LOCK_LOST(EventOutcome.LOCK_LOST), LEFT(EventOutcome.LEFT), AMBIGUOUS(EventOutcome.AMBIGUOUS),
	REFUSED(EventOutcome.REFUSED), DEADLINE(EventOutcome.DEADLINE);

	private static final EventState[] OF_OUTCOME = ofOutcomes();

	private final @Nullable EventOutcome outcome;

	EventState(@Nullable EventOutcome outcome) {
		this.outcome = outcome;
	}

	/**
	 * Return how the event ended.
	 * @return the outcome, {@code null} while it is in flight
	 */
	@Nullable EventOutcome outcome() {
		return this.outcome;
	}

	/**
	 * Return whether the event neither ended nor is being settled.
	 */
	boolean isOpen() {
		return this == RECEIVED || this == RUNNING;
	}

	static EventState of(EventOutcome outcome) {
		return OF_OUTCOME[outcome.ordinal()];
	}

	private static EventState[] ofOutcomes() {
		EventState[] states = new EventState[EventOutcome.values().length];
		for (EventState state : values()) {
			if (state.outcome != null) {
				states[state.outcome.ordinal()] = state;
			}
		}
		return states;
	}

}
