package dev.reactiveazure.tables.template;

import dev.reactiveazure.tables.template.BulkResult.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * One write on its way through a bulk.
 *
 * @param index its place in the input
 * @param write the write
 * @param prepared what is sent
 * @param bytes how much it adds to a batch at most
 * @param <T> the entity's class
 */
record BulkItem<T>(long index, TableWrite<T> write, PreparedWrite<T> prepared, int bytes) {

	/** Where its partition is. */
	Partition partition() {
		return new Partition(this.prepared.table().name(), this.prepared.key().partitionKey());
	}

	BulkResult<T> done(@Nullable T entity, int attempts) {
		return new BulkResult<>(this.index, this.write, Outcome.DONE, entity, null, attempts);
	}

	BulkResult<T> absent(int attempts) {
		return new BulkResult<>(this.index, this.write, Outcome.ABSENT, null, null, attempts);
	}

	BulkResult<T> not(Outcome outcome, Throwable error, int attempts) {
		return new BulkResult<>(this.index, this.write, outcome, null, TableCalls.translate(error), attempts);
	}

	/**
	 * A partition of a table.
	 */
	record Partition(String table, String key) {
	}

}
