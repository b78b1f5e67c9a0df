package dev.reactiveazure.tables;

import org.jspecify.annotations.Nullable;

/**
 * One operation of a transaction.
 *
 * @param kind what to do
 * @param key the key of the entity to do it to
 * @param body what to write; {@code null} to delete
 * @param condition what must hold of the stored entity; {@code null} for inserts and
 * upserts
 * @param <T> the entity's type
 */
record Change<T>(ChangeKind kind, TableKey key, @Nullable EntityBody<T> body, @Nullable MatchCondition condition) {

	String describe(int index) {
		return "operation " + index + " (" + this.kind.description() + " '" + this.key.partitionKey() + "' / '"
				+ this.key.rowKey() + "')";
	}

}
