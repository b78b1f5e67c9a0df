package dev.reactiveazure.core;

import org.jspecify.annotations.Nullable;

/**
 * The request, or something in it, is larger than the service takes.
 */
public non-sealed class TooLargeException extends AzureServiceException {

	/**
	 * Create the exception.
	 * @param call what was attempted
	 * @param error what the service said
	 * @param remedy what the reader can do about it, a sentence without a full stop at
	 * its end; may be {@code null}
	 */
	public TooLargeException(AttemptedCall call, ServiceError error, @Nullable String remedy) {
		super(call, error, remedy);
	}

}
