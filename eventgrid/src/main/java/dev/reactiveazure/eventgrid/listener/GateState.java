package dev.reactiveazure.eventgrid.listener;

/**
 * Whether a container lets events through to its handlers, or spares them because what
 * its handlers need seems to be out of order.
 */
public enum GateState {

	/**
	 * Events are received and handled.
	 */
	OPEN,

	/**
	 * A run of handlers failed: nothing is received until the next probe.
	 */
	SHUT,

	/**
	 * One event is let through, to see whether it can be handled again.
	 */
	PROBING

}
