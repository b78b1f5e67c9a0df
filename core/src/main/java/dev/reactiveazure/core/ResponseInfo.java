package dev.reactiveazure.core;

import org.jspecify.annotations.Nullable;

/**
 * The head of an answer, success or error.
 *
 * @param status the HTTP status
 * @param requestId the id under which the service's operators find the request;
 * {@code null} when the answer had none
 * @param date the service's time as it was sent; {@code null} when the answer had none
 * @param version the version of the protocol that the service spoke; {@code null} when
 * the answer had none
 * @param etag the version of what was read or written; {@code null} when the answer had
 * none
 */
public record ResponseInfo(int status, @Nullable String requestId, @Nullable String date, @Nullable String version,
		@Nullable String etag) {
}
