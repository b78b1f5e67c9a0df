package dev.reactiveazure.eventgrid.listener;

/**
 * The payload of an event breaks the rules of its class. Names the fields and the rules,
 * never the values.
 */
public final class EventValidationException extends RuntimeException {

	/**
	 * Create an exception.
	 * @param message which event breaks which rules
	 */
	public EventValidationException(String message) {
		super(message);
	}

}
