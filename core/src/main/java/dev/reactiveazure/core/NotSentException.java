package dev.reactiveazure.core;

import org.jspecify.annotations.Nullable;

/**
 * The request never reached the service: no connection, no free connection in time, a
 * closed client. Trying again is always safe.
 */
public final class NotSentException extends AzureException {

	public NotSentException(AttemptedCall call, String reason, @Nullable Throwable cause) {
		super(message(call, reason), call, cause);
	}

	private static String message(AttemptedCall call, String reason) {
		String place = call.withConfiguration(null);
		return call.describe() + ": " + reason + ((place != null) ? ". " + place : "");
	}

}
