package dev.reactiveazure.eventgrid.listener;

/**
 * What becomes of a receive that waits for events when its container stops.
 */
public enum OpenPollOnStop {

	/**
	 * It is closed: fast. Should its answer be on the way in this moment, the events in
	 * it stay locked until their locks expire.
	 */
	CLOSE,

	/**
	 * It runs out: no event stays locked, but stopping takes up to {@code maxWait}
	 * longer.
	 */
	AWAIT

}
