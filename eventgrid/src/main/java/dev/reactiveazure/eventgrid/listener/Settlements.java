package dev.reactiveazure.eventgrid.listener;

/**
 * Where a decision about an event goes.
 */
interface Settlements {

	/**
	 * Carry out a decision.
	 * @return {@code false} if it came too late: the event ended before, or is being
	 * settled already
	 */
	boolean settle(InFlightEvent event, Disposition disposition);

}
