package dev.reactiveazure.core;

import org.jspecify.annotations.Nullable;

/**
 * The service failed, or answered with a status that has no better type here.
 */
public non-sealed class ServiceFailureException extends AzureServiceException {

	/**
	 * Create the exception.
	 * @param call what was attempted
	 * @param error what the service said
	 * @param remedy what the reader can do about it, a sentence without a full stop at
	 * its end; may be {@code null}
	 */
	public ServiceFailureException(AttemptedCall call, ServiceError error, @Nullable String remedy) {
		super(call, error, remedy);
	}

}
