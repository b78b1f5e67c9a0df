package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;

/**
 * A handler took longer than it may.
 */
public final class HandlerTimeoutException extends RuntimeException {

	HandlerTimeoutException(Duration timeout) {
		super("The handler did not end within " + timeout.toMillis() + " ms");
	}

}
