package dev.reactiveazure.core;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a service said when it refused a request.
 *
 * @param status the HTTP status
 * @param code the service's error code, such as {@code EntityAlreadyExists}; {@code null}
 * when the answer had none
 * @param message the service's explanation; {@code null} when the answer had none
 * @param requestId the id under which the service's operators find the request;
 * {@code null} when the answer had none
 * @param retryAfter how long the service asks to be left alone; {@code null} when it did
 * not say
 */
public record ServiceError(int status, @Nullable String code, @Nullable String message, @Nullable String requestId,
		@Nullable Duration retryAfter) {

	private static final int LONGEST_LINE = 500;

	String describe() {
		StringBuilder text = new StringBuilder().append(this.status);
		if (this.code != null) {
			text.append(' ').append(this.code);
		}
		if (this.message != null) {
			text.append(": ").append(firstLine(this.message));
		}
		if (this.requestId != null) {
			text.append(" (request id ").append(this.requestId).append(')');
		}
		return text.toString();
	}

	/**
	 * Return what of a message is fit for a log: its first line, without controls, and
	 * not all of a long one.
	 */
	private static String firstLine(String message) {
		String line = message.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", " ");
		return (line.length() > LONGEST_LINE) ? line.substring(0, LONGEST_LINE) + "…" : line;
	}

}
