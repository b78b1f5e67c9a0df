package dev.reactiveazure.eventgrid.listener;

/**
 * A received event breaks the CloudEvents specification, so that no handler can be
 * called.
 */
public final class MalformedEventException extends RuntimeException {

	MalformedEventException(String reason) {
		super("The received event is no valid CloudEvent: " + reason);
	}

}
