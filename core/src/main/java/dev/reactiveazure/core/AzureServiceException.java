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
		super(message(call, error, remedy), call, null);
		this.error = error;
	}

	private static String message(AttemptedCall call, ServiceError error, @Nullable String remedy) {
		String said = call.describe() + ": " + error.describe();
		if (remedy == null) {
			return said;
		}
		return said + (said.endsWith(".") ? " " : ". ") + remedy;
	}

	/**
	 * Return what the service said.
	 * @return status, code, message and request id
	 */
	public ServiceError error() {
		return this.error;
	}

}
