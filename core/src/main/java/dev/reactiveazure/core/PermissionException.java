package dev.reactiveazure.core;

import org.jspecify.annotations.Nullable;

/**
 * The service knows the caller, and does not let it do this.
 */
public non-sealed class PermissionException extends AzureServiceException {

	/**
	 * Create the exception.
	 * @param call what was attempted
	 * @param error what the service said
	 * @param remedy what the reader can do about it, a sentence without a full stop at
	 * its end; may be {@code null}
	 */
	public PermissionException(AttemptedCall call, ServiceError error, @Nullable String remedy) {
		super(call, error, call.withConfiguration(remedy));
	}

}
