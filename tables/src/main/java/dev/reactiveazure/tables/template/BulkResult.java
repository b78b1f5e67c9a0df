package dev.reactiveazure.tables.template;

import org.jspecify.annotations.Nullable;

/**
 * What became of one write of a bulk.
 *
 * @param index the write's place in the input, from 0
 * @param write the write
 * @param outcome what became of it
 * @param entity the entity with its new version; {@code null} unless it was written
 * @param error why it was not carried out, one of Spring's exceptions where there is one;
 * {@code null} where it was
 * @param attempts in how many batches it was sent
 * @param <T> the entity's class
 */
public record BulkResult<T>(long index, TableWrite<T> write, Outcome outcome, @Nullable T entity,
		@Nullable Throwable error, int attempts) {

	/**
	 * Return whether the entity is stored, or gone, as the write asked for.
	 */
	public boolean isDone() {
		return this.outcome == Outcome.DONE || this.outcome == Outcome.ABSENT;
	}

	/**
	 * What can become of a write.
	 */
	public enum Outcome {

		/** It was carried out. */
		DONE,

		/** It was a delete of what does not exist. */
		ABSENT,

		/** It can't be sent: mapping, checks or a callback failed. */
		INVALID,

		/** The service refused it. */
		REFUSED,

		/** It was undone, for the service refused another write of its batch. */
		ROLLED_BACK,

		/** It could not be sent, or the service could not do it. */
		FAILED,

		/** It was sent, and whether it was done is not known. */
		UNKNOWN

	}

}
