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

	String describe() {
		StringBuilder text = new StringBuilder().append(this.status);
		if (this.code != null) {
			text.append(' ').append(this.code);
		}
		if (this.message != null) {
			text.append(": ").append(this.message.lines().findFirst().orElse(""));
		}
		if (this.requestId != null) {
			text.append(" (request id ").append(this.requestId).append(')');
		}
		return text.toString();
	}

}
