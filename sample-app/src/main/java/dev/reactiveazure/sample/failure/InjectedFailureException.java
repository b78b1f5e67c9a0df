package dev.reactiveazure.sample.failure;

/**
 * A failure on purpose.
 */
public final class InjectedFailureException extends RuntimeException {

	InjectedFailureException(String moment) {
		super("A failure on purpose (desk.failure-rate), " + moment);
	}

}
