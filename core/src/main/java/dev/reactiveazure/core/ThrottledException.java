package dev.reactiveazure.core;

import org.jspecify.annotations.Nullable;

/**
 * The service is busy or a quota is used up; it did not do the work. Try again later.
 */
public non-sealed class ThrottledException extends AzureServiceException {

	/**
	 * Create the exception.
	 * @param call what was attempted
	 * @param error what the service said
	 * @param remedy what the reader can do about it, a sentence without a full stop at
	 * its end; may be {@code null}
	 */
	public ThrottledException(AttemptedCall call, ServiceError error, @Nullable String remedy) {
		super(call, error, remedy);
	}

}
