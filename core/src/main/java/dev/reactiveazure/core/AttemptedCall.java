package dev.reactiveazure.core;

/**
 * What was attempted when a call failed.
 *
 * @param operation what the call was to do, such as {@code insert entity}
 * @param resource what it was to do it on, such as {@code table orders}
 * @param endpoint the service's address, without query
 * @param attempts how often it was tried, 0 when it failed before the first try
 * @param maybeApplied whether an earlier try of this call got no answer, so that the
 * service may have done the work
 */
public record AttemptedCall(String operation, String resource, String endpoint, int attempts, boolean maybeApplied) {

	String describe() {
		String tries = (this.attempts > 1) ? " (" + this.attempts + " tries)" : "";
		return "Could not " + this.operation + " on " + this.resource + " at " + this.endpoint + tries;
	}

}
