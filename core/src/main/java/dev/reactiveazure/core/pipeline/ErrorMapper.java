package dev.reactiveazure.core.pipeline;

import dev.reactiveazure.core.AlreadyExistsException;
import dev.reactiveazure.core.AttemptedCall;
import dev.reactiveazure.core.AuthenticationException;
import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.core.ConditionNotMetException;
import dev.reactiveazure.core.InvalidRequestException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.core.PermissionException;
import dev.reactiveazure.core.ServiceError;
import dev.reactiveazure.core.ServiceFailureException;
import dev.reactiveazure.core.ThrottledException;
import dev.reactiveazure.core.TooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the exception for what a service said.
 */
@FunctionalInterface
public interface ErrorMapper {

	AzureServiceException map(AttemptedCall call, ServiceError error);

	/**
	 * Map by what the statuses mean at every Azure service.
	 */
	static AzureServiceException byStatus(AttemptedCall call, ServiceError error) {
		String code = (error.code() != null) ? error.code() : "";
		return switch (error.status()) {
			case 404, 410 -> new NotFoundException(call, error, null);
			case 401 -> authentication(call, error);
			case 403 -> code.startsWith("Authentication") || code.startsWith("InvalidAuthentication")
					? authentication(call, error) : permission(call, error);
			case 409 -> code.endsWith("AlreadyExists") ? new AlreadyExistsException(call, error, null)
					: new ServiceFailureException(call, error, null);
			case 412 -> new ConditionNotMetException(call, error, null);
			case 413 -> new TooLargeException(call, error, null);
			case 429, 503 -> new ThrottledException(call, error, null);
			case 400 -> code.endsWith("TooLarge") ? new TooLargeException(call, error, null)
					: new InvalidRequestException(call, error, null);
			default -> (error.status() >= 400 && error.status() < 500 && error.status() != 408)
					? new InvalidRequestException(call, error, null) : new ServiceFailureException(call, error, null);
		};
	}

	private static AzureServiceException authentication(AttemptedCall call, ServiceError error) {
		return new AuthenticationException(call, error,
				"Check the key or token, that it belongs to this endpoint, and this machine's clock");
	}

	private static AzureServiceException permission(AttemptedCall call, ServiceError error) {
		@Nullable String remedy = "Check the roles or the rights of the signature, and the network rules";
		return new PermissionException(call, error, remedy);
	}

}
