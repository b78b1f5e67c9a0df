package dev.reactiveazure.core;

import org.jspecify.annotations.Nullable;

/**
 * Root of all failures of a call to an Azure service.
 * <p>
 * The tree is closed, so that a {@code switch} can be complete: a call was either
 * {@linkplain NotSentException not sent}, or {@linkplain OutcomeUnknownException sent and
 * not answered}, or {@linkplain InvalidAnswerException answered incomprehensibly}, or
 * {@linkplain AzureServiceException refused by the service}.
 */
public abstract sealed class AzureException extends RuntimeException
		permits NotSentException, OutcomeUnknownException, InvalidAnswerException, AzureServiceException {

	private final transient AttemptedCall call;

	AzureException(String message, AttemptedCall call, @Nullable Throwable cause) {
		super(message, cause);
		this.call = call;
	}

	/**
	 * Return what was attempted.
	 * @return the call, with its number of tries
	 */
	public AttemptedCall call() {
		return this.call;
	}

}
