package dev.reactiveazure.tables;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How an account is replicated to its second region.
 *
 * @param status whether it is
 * @param lastSyncTime up to when all writes are in the second region, to the second;
 * {@code null} where that is not known
 */
public record TableServiceStatistics(Status status, @Nullable Instant lastSyncTime) {

	/**
	 * State of the replication.
	 */
	public enum Status {

		/** It works. */
		LIVE,

		/** It is being set up. */
		BOOTSTRAP,

		/** The second region can't be reached. */
		UNAVAILABLE

	}

}
