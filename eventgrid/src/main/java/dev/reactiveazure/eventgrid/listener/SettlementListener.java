package dev.reactiveazure.eventgrid.listener;

import dev.reactiveazure.eventgrid.ReceivedEvent;

/**
 * Is told how each delivery ended, exactly once a delivery.
 */
@FunctionalInterface
public interface SettlementListener {

	/**
	 * Take note of the end of a delivery. Called on the thread that learned of it, often
	 * one of the HTTP client's: must not block. What it throws is logged.
	 * @param event the event
	 * @param outcome how its delivery ended
	 */
	void ended(ReceivedEvent event, EventOutcome outcome);

	/**
	 * Return a listener that takes no note.
	 * @return a listener that does nothing
	 */
	static SettlementListener none() {
		return (event, outcome) -> {
		};
	}

}
