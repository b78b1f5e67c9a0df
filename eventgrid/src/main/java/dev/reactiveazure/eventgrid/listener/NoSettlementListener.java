package dev.reactiveazure.eventgrid.listener;

import dev.reactiveazure.eventgrid.ReceivedEvent;

/**
 * Takes no note. A container that knows it needs no thread to call it on.
 */
enum NoSettlementListener implements SettlementListener {

	INSTANCE;

	@Override
	public void ended(ReceivedEvent event, EventOutcome outcome) {
	}

}
