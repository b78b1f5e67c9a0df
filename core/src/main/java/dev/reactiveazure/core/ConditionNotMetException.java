package dev.reactiveazure.core;

import org.jspecify.annotations.Nullable;

/**
 * The entity has changed since the version that the request names.
 */
public non-sealed class ConditionNotMetException extends AzureServiceException {

	/**
	 * Create the exception.
	 * @param call what was attempted
	 * @param error what the service said
	 * @param remedy what the reader can do about it, a sentence without a full stop at
	 * its end; may be {@code null}
	 */
	public ConditionNotMetException(AttemptedCall call, ServiceError error, @Nullable String remedy) {
		super(call, error, remedy);
	}

}
