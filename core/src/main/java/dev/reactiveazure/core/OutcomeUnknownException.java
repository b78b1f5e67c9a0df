package dev.reactiveazure.core;

import org.jspecify.annotations.Nullable;

/**
 * The request was sent and no complete answer came: the service may or may not have done
 * the work.
 */
public final class OutcomeUnknownException extends AzureException {

	private final boolean reusedConnection;

	public OutcomeUnknownException(AttemptedCall call, String reason, boolean reusedConnection,
			@Nullable Throwable cause) {
		super(call.describe() + ": " + reason + "; whether the service did it is unknown", call, cause);
		this.reusedConnection = reusedConnection;
	}

	/**
	 * Return whether a connection that had served a request before broke ahead of the
	 * first byte of an answer, as it does when the other side closed it while it was
	 * idle.
	 * @return {@code true} when a fresh connection will probably do
	 */
	public boolean brokeIdleConnection() {
		return this.reusedConnection;
	}

}
