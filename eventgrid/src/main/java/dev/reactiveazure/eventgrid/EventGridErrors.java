package dev.reactiveazure.eventgrid;

import java.util.Locale;

import dev.reactiveazure.core.AttemptedCall;
import dev.reactiveazure.core.AuthenticationException;
import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.core.PermissionException;
import dev.reactiveazure.core.ServiceError;
import dev.reactiveazure.core.ThrottledException;
import dev.reactiveazure.core.TooLargeException;
import dev.reactiveazure.core.pipeline.ErrorMapper;

/**
 * What the statuses of Event Grid mean. Its 403 says one of three things: no permission,
 * a quota that is used up, or a message that is too large.
 */
final class EventGridErrors {

	private EventGridErrors() {
	}

	static AzureServiceException map(AttemptedCall call, ServiceError error) {
		return switch (error.status()) {
			case 404,
					410 ->
				new NotFoundException(call, error,
						"Check the names of the topic and the event subscription, that the subscription has pull "
								+ "delivery, and that the endpoint is the namespace's own and not a Basic topic's");
			case 401 -> new AuthenticationException(call, error,
					"Check that the access key belongs to this namespace and that access keys are not disabled there");
			case 403 -> forbidden(call, error);
			default -> ErrorMapper.byStatus(call, error);
		};
	}

	private static AzureServiceException forbidden(AttemptedCall call, ServiceError error) {
		String text = (error.code() + " " + error.message()).toLowerCase(Locale.ROOT);
		if (mentions(text, "too large", "toolarge", "size limit", "maximum size", "exceeds the size", "message size",
				"event size", "payload size")) {
			return new TooLargeException(call, error, "A request takes at most 1 MB and 1,000 events");
		}
		if (mentions(text, "quota", "throttl", "too many", "toomany", "rate limit", "ratelimit", "throughput",
				"serverbusy", "server is busy")) {
			return new ThrottledException(call, error, "The namespace's throughput units may be too few");
		}
		return new PermissionException(call, error,
				"Check the roles EventGrid Data Sender and EventGrid Data Receiver, the network rules, and whether "
						+ "access keys are disabled");
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
