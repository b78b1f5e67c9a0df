package dev.reactiveazure.eventgrid.listener;

/**
 * What becomes of events whose type no handler takes.
 */
public enum UnknownType {

	/**
	 * They fail with an {@link UnknownEventTypeException}, for which the
	 * {@link ListenerErrorHandler} decides; by default they are released, for another
	 * instance that may know them.
	 */
	RELEASE,

	/**
	 * They are rejected: they go to the subscription's dead-letter store or, where it has
	 * none, are destroyed.
	 */
	REJECT,

	/**
	 * They are acknowledged: they concern nobody.
	 */
	ACKNOWLEDGE

}
