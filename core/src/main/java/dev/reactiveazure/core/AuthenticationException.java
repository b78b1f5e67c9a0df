package dev.reactiveazure.core;

import org.jspecify.annotations.Nullable;

/**
 * The service does not know the caller: a wrong key, an expired signature, a clock that
 * is off.
 */
public non-sealed class AuthenticationException extends AzureServiceException {

	/**
	 * Create the exception.
	 * @param call what was attempted
	 * @param error what the service said
	 * @param remedy what the reader can do about it, a sentence without a full stop at
	 * its end; may be {@code null}
	 */
	public AuthenticationException(AttemptedCall call, ServiceError error, @Nullable String remedy) {
		super(call, error, call.withConfiguration(remedy));
	}

}
