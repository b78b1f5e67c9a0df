package dev.reactiveazure.eventgrid.listener;

/**
 * No handler of the subscription takes events of this type.
 */
public final class UnknownEventTypeException extends RuntimeException {

	private final String eventType;

	UnknownEventTypeException(String eventType) {
		super("No handler takes events of type '" + eventType + "'");
		this.eventType = eventType;
	}

	/**
	 * Return the type that no handler takes.
	 * @return the event's {@code type} attribute
	 */
	public String eventType() {
		return this.eventType;
	}

}
