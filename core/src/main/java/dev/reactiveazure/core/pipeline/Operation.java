package dev.reactiveazure.core.pipeline;

import org.springframework.http.HttpMethod;

/**
 * An operation of a service: what all its requests have in common.
 *
 * @param name low-cardinality name for observations, such as {@code insert}
 * @param description what an error message says it could not do, such as
 * {@code insert entity}
 * @param method the HTTP method
 * @param retrySafety when it may be tried again
 * @param sendsMessages whether it publishes, so that a trace shows a producer
 */
public record Operation(String name, String description, HttpMethod method, RetrySafety retrySafety,
		boolean sendsMessages) {

	public Operation(String name, String description, HttpMethod method, RetrySafety retrySafety) {
		this(name, description, method, retrySafety, false);
	}

}
