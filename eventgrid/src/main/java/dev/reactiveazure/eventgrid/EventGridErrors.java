package dev.reactiveazure.eventgrid;

import java.time.Duration;
import java.util.Locale;

import dev.reactiveazure.core.AttemptedCall;
import dev.reactiveazure.core.AuthenticationException;
import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.core.InvalidRequestException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.core.PermissionException;
import dev.reactiveazure.core.ServiceError;
import dev.reactiveazure.core.ThrottledException;
import dev.reactiveazure.core.TooLargeException;
import dev.reactiveazure.core.pipeline.ErrorMapper;

/**
 * What the statuses of Event Grid mean. Its 403 says one of three things: no permission,
 * a quota that is used up, or a message that is too large. One that says nothing may be
 * the passing one, and is tried again, slowly.
 */
final class EventGridErrors {

	private static final String PERMISSION = "Check the roles EventGrid Data Sender and EventGrid Data Receiver, the "
			+ "network rules, and whether access keys are disabled";

	/** What a call waits that was refused for a reason unknown. */
	static final Duration UNKNOWN_WAIT = Duration.ofSeconds(10);

	private EventGridErrors() {
	}

	/**
	 * Map what a namespace said.
	 */
	static AzureServiceException map(AttemptedCall call, ServiceError error) {
		return switch (error.status()) {
			case 404,
					410 ->
				new NotFoundException(call, error,
						"Check the names of the topic and the event subscription, that the subscription has pull "
								+ "delivery, and that the endpoint is the namespace's own and not a Basic topic's");
			case 401 -> new AuthenticationException(call, error,
					"Check that the credential belongs to this namespace and that access keys are not disabled there. "
							+ "Keys go out as 'Authorization: SharedAccessKey', which a Basic topic does not know: "
							+ "its client is EventGridBasicClient");
			case 403 -> forbidden(call, error, "A request takes at most 1 MB and 1,000 events",
					"The namespace's throughput units may be too few");
			default -> ErrorMapper.byStatus(call, error);
		};
	}

	/**
	 * Map what an endpoint of the Basic tier said.
	 */
	static AzureServiceException mapBasic(AttemptedCall call, ServiceError error) {
		return switch (error.status()) {
			case 400 -> badBasicRequest(call, error);
			case 404, 410 -> new NotFoundException(call, error,
					"Check that the endpoint is the complete URL of the topic, domain or partner namespace, with its "
							+ "path (/api/events), and not a namespace's");
			case 401 -> new AuthenticationException(call, error,
					"Check that the credential belongs to this topic, that a shared access signature has not expired "
							+ "and names this endpoint, and that access keys are not disabled. Keys go out as "
							+ "'aeg-sas-key', which a namespace does not know: its client is "
							+ "EventGridNamespaceClient");
			case 403 -> forbidden(call, error, "A request takes at most 1 MB and 5,000 events",
					"A topic takes 5,000 events and 5 MB a second");
			case 413 -> new TooLargeException(call, error, "A request takes at most 1 MB and 5,000 events");
			default -> ErrorMapper.byStatus(call, error);
		};
	}

	private static AzureServiceException badBasicRequest(AttemptedCall call, ServiceError error) {
		if (mentions(text(error), "schema", "startarray")) {
			return new InvalidRequestException(call, error,
					"A topic takes events of one schema: publish with cloudEvents(), eventGridEvents() or "
							+ "customEvents(), as its input schema says");
		}
		return ErrorMapper.byStatus(call, error);
	}

	private static AzureServiceException forbidden(AttemptedCall call, ServiceError error, String size, String quota) {
		String text = text(error);
		if (mentions(text, "too large", "toolarge", "size limit", "maximum size", "exceeds the size", "message size",
				"event size", "payload size")) {
			return new TooLargeException(call, error, size);
		}
		if (mentions(text, "quota", "throttl", "too many", "toomany", "rate limit", "ratelimit", "throughput",
				"serverbusy", "server is busy")) {
			return new ThrottledException(call, error, quota);
		}
		if (mentions(text, "authoriz", "permission", "denied", "not allowed", "role", "firewall", "network",
				"ip address", "private endpoint", "disabled", "local auth")) {
			return new PermissionException(call, error, PERMISSION);
		}
		return new ThrottledException(call, slowly(error), "The service does not say why it refuses, so the call was "
				+ "tried again slowly. Permission: " + PERMISSION + ". Size: " + size + ". Quota: " + quota);
	}

	/**
	 * Ask for a long wait where the service names none.
	 */
	private static ServiceError slowly(ServiceError error) {
		return (error.retryAfter() != null) ? error
				: new ServiceError(error.status(), error.code(), error.message(), error.requestId(), UNKNOWN_WAIT);
	}

	private static String text(ServiceError error) {
		return (error.code() + " " + error.message()).toLowerCase(Locale.ROOT);
	}

	private static boolean mentions(String text, String... words) {
		for (String word : words) {
			if (text.contains(word)) {
				return true;
			}
		}
		return false;
	}

}
