package dev.reactiveazure.eventgrid.listener;

import dev.reactiveazure.eventgrid.ReceivedEvent;

/**
 * Is told how each delivery ended, exactly once a delivery, and which attempts to settle
 * it failed.
 */
@FunctionalInterface
public interface SettlementListener {

	/**
	 * Take note of the end of a delivery. Called on the thread that learned of it, for a
	 * listener whose handlers don't block often one of the HTTP client's: then it must
	 * not block. For one whose handlers block it may: it is called on a thread that may
	 * be blocked, one call after the other, and never waits for a handler. The event's
	 * place in flight is free after that, so that a slow one slows its listener; only
	 * ends that come with the end of the time for stopping are not waited for. What it
	 * throws is logged.
	 * @param event the event
	 * @param outcome how its delivery ended
	 */
	void ended(ReceivedEvent event, EventOutcome outcome);

	/**
	 * Take note of a settlement that failed. The event's delivery goes on: the settlement
	 * is tried again, or its end is reported next. Called like
	 * {@link #ended(ReceivedEvent, EventOutcome)}; does nothing by default.
	 * @param event the event
	 * @param attempted what was asked for
	 * @param code the service's code for this event's lock token, such as
	 * {@code TokenLost}, the code of its answer, or the kind of error where it gave none
	 */
	default void failed(ReceivedEvent event, Disposition attempted, String code) {
	}

	/**
	 * Return a listener that takes no note.
	 * @return a listener that does nothing
	 */
	static SettlementListener none() {
		return NoSettlementListener.INSTANCE;
	}

}
