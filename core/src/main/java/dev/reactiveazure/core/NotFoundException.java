package dev.reactiveazure.core;

import org.jspecify.annotations.Nullable;

/**
 * The table, entity, topic or subscription does not exist.
 */
public non-sealed class NotFoundException extends AzureServiceException {

	/**
	 * Create the exception.
	 * @param call what was attempted
	 * @param error what the service said
	 * @param remedy what the reader can do about it, a sentence without a full stop at
	 * its end; may be {@code null}
	 */
	public NotFoundException(AttemptedCall call, ServiceError error, @Nullable String remedy) {
		super(call, error, remedy);
	}

}
