package dev.reactiveazure.eventgrid.listener;

/**
 * What hope there is for an event that could not be handled.
 *
 * @see ErrorClassifier
 */
public enum ErrorKind {

	/**
	 * Another delivery may go well: a service was away, a row was locked.
	 */
	TRANSIENT,

	/**
	 * Each further delivery to the same handler will fail too: the event can't be read,
	 * or is none that the handler takes.
	 */
	FATAL

}
