package dev.reactiveazure.eventgrid.template;

/**
 * What became of an event that {@link EventGridOperations#process} had handled.
 *
 * @param <T> the type of the payload
 */
public sealed interface ProcessedEvent<T> {

	/**
	 * Return the event.
	 * @return the event, settled unless this is {@link NotSettled}
	 */
	PolledEvent<T> event();

	/**
	 * It was handled, and the service confirmed its acknowledgement.
	 *
	 * @param event the event
	 */
	record Acknowledged<T>(PolledEvent<T> event) implements ProcessedEvent<T> {
	}

	/**
	 * It was not handled, and the service has it back.
	 *
	 * @param event the event
	 * @param cause what the handler failed with
	 */
	record Released<T>(PolledEvent<T> event, Throwable cause) implements ProcessedEvent<T> {
	}

	/**
	 * Handled or not, it could not be settled. It comes again when its lock expires.
	 *
	 * @param event the event
	 * @param cause why it could not be settled: an {@link EventNotSettledException} or an
	 * {@link dev.reactiveazure.core.AzureException}. What the handler failed with, if it
	 * did, is {@linkplain Throwable#getSuppressed() suppressed} in it
	 */
	record NotSettled<T>(PolledEvent<T> event, Throwable cause) implements ProcessedEvent<T> {
	}

}
