package dev.reactiveazure.core;

import org.jspecify.annotations.Nullable;

/**
 * The service reported success with an answer that can't be read. The work is done; what
 * it answered is not known.
 */
public final class InvalidAnswerException extends AzureException {

	public InvalidAnswerException(AttemptedCall call, String reason, @Nullable Throwable cause) {
		super(call.describe() + ": " + reason, call, cause);
	}

}
