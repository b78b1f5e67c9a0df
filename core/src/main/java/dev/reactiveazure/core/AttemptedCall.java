package dev.reactiveazure.core;

import org.jspecify.annotations.Nullable;

/**
 * What was attempted when a call failed.
 *
 * @param operation what the call was to do, such as {@code insert entity}
 * @param resource what it was to do it on, such as {@code table orders}
 * @param endpoint the service's address, without query
 * @param attempts how often it was tried, 0 when it failed before the first try
 * @param maybeApplied whether an earlier try of this call got no answer, so that the
 * service may have done the work
 * @param configuredBy what endpoint and credential come from, as
 * {@link ClientOptions#configuredBy()}; may be {@code null}
 */
public record AttemptedCall(String operation, String resource, String endpoint, int attempts, boolean maybeApplied,
		@Nullable String configuredBy) {

	/**
	 * Create a call whose configuration is not known.
	 */
	public AttemptedCall(String operation, String resource, String endpoint, int attempts, boolean maybeApplied) {
		this(operation, resource, endpoint, attempts, maybeApplied, null);
	}

	String describe() {
		String tries = (this.attempts > 1) ? " (" + this.attempts + " tries)" : "";
		return "Could not " + this.operation + " on " + this.resource + " at " + this.endpoint + tries;
	}

	/**
	 * Add to a remedy where the reader finds endpoint and credential.
	 * @param remedy a sentence without a full stop, or {@code null}
	 * @return the same, or {@code null} if there is nothing to say
	 */
	@Nullable String withConfiguration(@Nullable String remedy) {
		if (this.configuredBy == null) {
			return remedy;
		}
		String place = "The connection is configured by " + this.configuredBy;
		return (remedy != null) ? remedy + ". " + place : place;
	}

}
