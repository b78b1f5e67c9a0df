package dev.reactiveazure.core;

import org.jspecify.annotations.Nullable;

/**
 * The service answered, and refused.
 */
public abstract sealed class AzureServiceException extends AzureException
		permits NotFoundException, AlreadyExistsException, ConditionNotMetException, AuthenticationException,
		PermissionException, ThrottledException, TooLargeException, InvalidRequestException, ServiceFailureException {

	private final transient ServiceError error;

	AzureServiceException(AttemptedCall call, ServiceError error, @Nullable String remedy) {
		super(call.describe() + ": " + error.describe() + ((remedy != null) ? ". " + remedy : ""), call, null);
		this.error = error;
	}

	/**
	 * Return what the service said.
	 * @return status, code, message and request id
	 */
	public ServiceError error() {
		return this.error;
	}

}
