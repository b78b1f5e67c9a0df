package dev.reactiveazure.eventgrid.listener;

import java.util.Locale;

/**
 * How a delivery ended. Each received event ends in exactly one of these.
 */
public enum EventOutcome {

	/**
	 * The service confirmed the acknowledgement.
	 */
	ACKNOWLEDGED,

	/**
	 * The service confirmed the release.
	 */
	RELEASED,

	/**
	 * The service confirmed the rejection.
	 */
	REJECTED,

	/**
	 * The lock expired or was taken before the event could be settled. It is or will be
	 * delivered again; a handler that was still running was cancelled.
	 */
	LOCK_LOST,

	/**
	 * The event was left to its lock on purpose.
	 */
	LEFT,

	/**
	 * A settlement was sent whose answer never came, and the service no longer knows the
	 * lock: probably settled, possibly delivered again.
	 */
	AMBIGUOUS,

	/**
	 * The service refused the settlement for good. The event comes again when its lock
	 * expires.
	 */
	REFUSED,

	/**
	 * The settlement failed until the lock, or the time for stopping, was over. The event
	 * comes again when its lock expires.
	 */
	DEADLINE;

	private final String label = name().toLowerCase(Locale.ROOT);

	/**
	 * Return whether the service confirmed a settlement.
	 * @return {@code true} for acknowledged, released and rejected
	 */
	public boolean isSettled() {
		return this == ACKNOWLEDGED || this == RELEASED || this == REJECTED;
	}

	/**
	 * Return the name in small letters, as metrics and traces show it.
	 */
	String label() {
		return this.label;
	}

}
