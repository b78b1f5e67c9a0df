package dev.reactiveazure.core;

import org.jspecify.annotations.Nullable;

/**
 * A table or entity of that name or key exists already.
 */
public non-sealed class AlreadyExistsException extends AzureServiceException {

	/**
	 * Create the exception.
	 * @param call what was attempted
	 * @param error what the service said
	 * @param remedy what the reader can do about it, a sentence without a full stop at
	 * its end; may be {@code null}
	 */
	public AlreadyExistsException(AttemptedCall call, ServiceError error, @Nullable String remedy) {
		super(call, error, remedy);
	}

}
