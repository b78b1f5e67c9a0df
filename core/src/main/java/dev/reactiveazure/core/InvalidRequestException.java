package dev.reactiveazure.core;

import org.jspecify.annotations.Nullable;

/**
 * The service finds something wrong in the request; the same request will fail again.
 */
public non-sealed class InvalidRequestException extends AzureServiceException {

	/**
	 * Create the exception.
	 * @param call what was attempted
	 * @param error what the service said
	 * @param remedy what the reader can do about it, a sentence without a full stop at
	 * its end; may be {@code null}
	 */
	public InvalidRequestException(AttemptedCall call, ServiceError error, @Nullable String remedy) {
		super(call, error, remedy);
	}

}
