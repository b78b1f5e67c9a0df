package dev.reactiveazure.emulator.http;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with an exchange.
 */
public sealed interface Fault {

	/**
	 * The request reaches the service late, measured on the emulator's clock.
	 *
	 * @param duration how late
	 */
	record Delay(Duration duration) implements Fault {

	}

	/**
	 * The service does nothing; the client gets this status, with the error that the
	 * service has for it where that is clear.
	 *
	 * @param status the HTTP status
	 * @param retryAfter the value of the Retry-After header in whole seconds, or null for
	 * none
	 */
	record Answer(int status, @Nullable Duration retryAfter) implements Fault {

	}

	/** The connection is reset before the service sees the request. */
	record DropBefore() implements Fault {

	}

	/**
	 * The service does its work, then the connection is reset instead of answering: a
	 * lost answer.
	 */
	record DropAfter() implements Fault {

	}

	/**
	 * The service does its work; the client gets the head of the answer and half of its
	 * body, then a reset. An answer without a body is lost as a whole.
	 */
	record Truncate() implements Fault {

	}

	/**
	 * The service never sees the request and the client gets no answer until it hangs up.
	 */
	record NeverAnswer() implements Fault {

	}

}
