package dev.reactiveazure.tables;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Collects up to 100 operations on entities of one partition, each entity once, which the
 * service carries out together or not at all.
 *
 * <pre class="code">
 * orders.transaction().insert(order).replace(customer).delete(draft).submit()
 * </pre>
 *
 * Each method refuses an operation that can't be part of it with an
 * {@link InvalidTransactionException} that says which. Not thread-safe; what
 * {@link #submit()} returned is, and does not change with operations that are added
 * later.
 *
 * @param <T> the entities' type
 */
public final class TableTransaction<T> {

	private static final int MAX_OPERATIONS = 100;

	private final TypedTableClient<T> table;

	private final Operations operations;

	TableTransaction(TypedTableClient<T> table) {
		this(table, new Operations());
	}

	private TableTransaction(TypedTableClient<T> table, Operations operations) {
		this.table = table;
		this.operations = operations;
	}

	/**
	 * Go on with entities of another type, in the same transaction.
	 * @param other a client of the same table
	 * @throws IllegalArgumentException if it is a client of another table
	 */
	@SuppressWarnings("unchecked") // the same client has the same type
	public <U> TableTransaction<U> with(TypedTableClient<U> other) {
		if (other.equals(this.table)) {
			return (TableTransaction<U>) this;
		}
		if (!other.tableName().equalsIgnoreCase(this.table.tableName())) {
			throw new IllegalArgumentException("A transaction on table '" + this.table.tableName()
					+ "' can't have entities of table '" + other.tableName() + "'");
		}
		return new TableTransaction<>(other, this.operations);
	}

	/**
	 * Insert an entity that must not exist.
	 */
	public TableTransaction<T> insert(T entity) {
		return write(ChangeKind.INSERT, entity, null);
	}

	/**
	 * Replace an entity as a whole, if it is still of the version that the given one
	 * names.
	 */
	public TableTransaction<T> replace(T entity) {
		return replace(entity, unchanged(ChangeKind.REPLACE, entity));
	}

	/**
	 * Replace an entity as a whole.
	 */
	public TableTransaction<T> replace(T entity, MatchCondition condition) {
		return write(ChangeKind.REPLACE, entity, condition);
	}

	/**
	 * Write an entity's properties over the stored ones, if it is still of the version
	 * that the given one names.
	 */
	public TableTransaction<T> merge(T entity) {
		return merge(entity, unchanged(ChangeKind.MERGE, entity));
	}

	/**
	 * Write an entity's properties over the stored ones.
	 */
	public TableTransaction<T> merge(T entity, MatchCondition condition) {
		return write(ChangeKind.MERGE, entity, condition);
	}

	/**
	 * Insert an entity, or write over the one that exists.
	 */
	public TableTransaction<T> upsert(T entity, UpdateMode mode) {
		return write((mode == UpdateMode.MERGE) ? ChangeKind.UPSERT_MERGE : ChangeKind.UPSERT_REPLACE, entity, null);
	}

	/**
	 * Delete an entity, if it is still of the version that the given one names.
	 */
	public TableTransaction<T> delete(T entity) {
		return delete(this.table.codec().key(entity), unchanged(ChangeKind.DELETE, entity));
	}

	/**
	 * Delete an entity, which must exist.
	 */
	public TableTransaction<T> delete(TableKey key, MatchCondition condition) {
		this.operations.add(new Change<>(ChangeKind.DELETE, key, null, condition), this.table);
		return this;
	}

	/**
	 * Return how many operations this has.
	 */
	public int size() {
		return this.operations.changes.size();
	}

	/**
	 * Carry out the operations in one request, when subscribed to.
	 * <p>
	 * Tried again after a passing failure. A transaction that had to be is never refused
	 * for what its own earlier try did: where re-reading its entities can't tell, it
	 * fails with {@link dev.reactiveazure.core.OutcomeUnknownException}.
	 * @return the new versions. {@link TransactionFailedException} where an operation was
	 * refused; {@link InvalidTransactionException} where there is none, an entity can't
	 * be stored, or they are larger than 4 MiB together (2 MiB in Cosmos DB)
	 */
	public Mono<TransactionResult> submit() {
		List<Change<?>> changes = List.copyOf(this.operations.changes);
		if (changes.isEmpty()) {
			return Mono.error(() -> new InvalidTransactionException("transaction", -1,
					"A transaction needs at least one operation, and this has none"));
		}
		return this.table.submit(changes);
	}

	@Override
	public String toString() {
		return "TableTransaction[table=" + this.table.tableName() + ", size=" + size() + "]";
	}

	private TableTransaction<T> write(ChangeKind kind, T entity, @Nullable MatchCondition condition) {
		TableKey key = this.table.codec().key(entity);
		this.operations.add(new Change<>(kind, key, this.table.bodyOf(entity, key), condition), this.table);
		return this;
	}

	private MatchCondition unchanged(ChangeKind kind, T entity) {
		ETag version = this.table.codec().etag(entity);
		if (version != null) {
			return MatchCondition.unchangedSince(version);
		}
		throw new InvalidTransactionException("ETag", size(),
				"In operation " + size() + " (" + kind.description() + "): the entity has no ETag to compare the "
						+ "stored one with: read it first, or use MatchCondition.any() to write over every version");
	}

	/**
	 * The operations so far.
	 */
	private static final class Operations {

		private final List<Change<?>> changes = new ArrayList<>();

		private final Set<String> rowKeys = new HashSet<>();

		void add(Change<?> change, TypedTableClient<?> table) {
			int index = this.changes.size();
			checkKey(change, index, table);
			checkPartition(change, index);
			checkVersion(change, index);
			if (index == MAX_OPERATIONS) {
				throw new InvalidTransactionException("transaction", index, "With " + change.describe(index)
						+ " the transaction has more than 100 operations, the most that the service takes");
			}
			if (!this.rowKeys.add(change.key().rowKey())) {
				throw new InvalidTransactionException("RowKey", index, "In " + change.describe(index)
						+ ": an earlier operation has the same entity, and each can be in a transaction only once");
			}
			this.changes.add(change);
		}

		private static void checkKey(Change<?> change, int index, TypedTableClient<?> table) {
			try {
				table.checkKey(change.key());
			}
			catch (InvalidEntityException ex) {
				throw new InvalidTransactionException(ex.property(), index,
						"In operation " + index + " (" + change.kind().description() + "): " + ex.getMessage());
			}
		}

		private void checkPartition(Change<?> change, int index) {
			if (index == 0) {
				return;
			}
			String partition = this.changes.get(0).key().partitionKey();
			if (!partition.equals(change.key().partitionKey())) {
				throw new InvalidTransactionException("PartitionKey", index, "In " + change.describe(index)
						+ ": a transaction is on one partition, and its first operation is on '" + partition + "'");
			}
		}

		/**
		 * Refuse what would end the header's line, and so begin a line of its own.
		 */
		private static void checkVersion(Change<?> change, int index) {
			MatchCondition condition = change.condition();
			if (condition != null && !condition.headerValue().chars().allMatch((c) -> c >= 0x20 && c < 0x7f)) {
				throw new InvalidTransactionException("ETag", index,
						"In " + change.describe(index) + ": the ETag is none that the service gave");
			}
		}

	}

}
