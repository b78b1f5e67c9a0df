package dev.reactiveazure.eventgrid.listener;

/**
 * Where a decision about an event goes.
 */
interface Settlements {

	/**
	 * Carry out a decision. Nothing happens if the event ended before, or is being
	 * settled already.
	 */
	void settle(InFlightEvent event, Disposition disposition);

}
