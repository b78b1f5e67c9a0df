package dev.reactiveazure.core.pipeline;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * One call: an operation on a resource, with all that its tries need.
 *
 * @param <T> type of the value that the answer holds
 * @param operation the operation
 * @param resourceKind what the resource is, such as {@code table}
 * @param resource the resource's name, such as {@code orders}
 * @param pathAndQuery the encoded path, with a slash at its start, and query
 * @param headers further headers
 * @param body the body; {@code null} for none
 * @param timeout the time one try may take; {@code null} for the client's response
 * time-out
 * @param reader reader of the answer
 */
public record AzureRequest<T>(Operation operation, String resourceKind, String resource, String pathAndQuery,
		RequestHeaders headers, @Nullable RequestBody body, @Nullable Duration timeout, AnswerReader<T> reader) {

	public AzureRequest(Operation operation, String resourceKind, String resource, String pathAndQuery,
			RequestHeaders headers, @Nullable RequestBody body, AnswerReader<T> reader) {
		this(operation, resourceKind, resource, pathAndQuery, headers, body, null, reader);
	}

}
