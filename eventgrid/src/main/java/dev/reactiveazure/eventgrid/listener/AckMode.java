package dev.reactiveazure.eventgrid.listener;

/**
 * Who settles an event that was handled without an error. A failure is decided by the
 * {@link ListenerErrorHandler} in either mode, unless the handler settled the event
 * before.
 */
public enum AckMode {

	/**
	 * The container acknowledges the event when its handler ends well. A handler that
	 * settles the event itself, through its {@link EventSettlement}, is first and wins.
	 */
	AUTO,

	/**
	 * The handler settles the event through its {@link EventSettlement}, also after it
	 * has ended. Until then the event's lock is kept alive and its place among the events
	 * in flight taken. One that is not settled when the longest lock is over is reported
	 * and released.
	 */
	MANUAL

}
