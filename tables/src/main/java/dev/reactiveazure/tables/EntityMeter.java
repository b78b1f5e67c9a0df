package dev.reactiveazure.tables;

import dev.reactiveazure.core.pipeline.ByteSink;
import dev.reactiveazure.core.pipeline.JsonWriter;

/**
 * Tells how large entities are in requests, without sending any. For who cuts many writes
 * into transactions. Not thread-safe: it keeps the memory that it writes into.
 */
public final class EntityMeter {

	private static final int KEPT = 64 * 1024;

	/** Frame, method, address and headers of an operation in a transaction, at most. */
	private static final int OPERATION = 1024;

	/**
	 * Each UTF-16 unit becomes three bytes of UTF-8 at most, and those nine of an
	 * address.
	 */
	private static final int PER_KEY_CHARACTER = 9;

	private JsonWriter out = new JsonWriter(new ByteSink());

	/**
	 * Return how many bytes a write of an entity adds to a transaction at most, and check
	 * it as the write would.
	 * @throws InvalidEntityException if the service would refuse the entity for what can
	 * be known beforehand
	 */
	public <T> int measure(TypedTableClient<T> table, T entity) {
		TableKey key = table.codec().key(entity);
		table.checkKey(key);
		try {
			table.bodyOf(entity, key).write(this.out);
			return this.out.sink().length() + operation(table, key);
		}
		finally {
			forget();
		}
	}

	/**
	 * Return how many bytes a delete adds to a transaction at most.
	 * @throws InvalidEntityException if no entity can have that key
	 */
	public int measure(TypedTableClient<?> table, TableKey key) {
		table.checkKey(key);
		return operation(table, key);
	}

	/**
	 * Return how many bytes a transaction may have: 4 MiB, 2 MiB in Cosmos DB.
	 */
	public static int largestTransaction(TypedTableClient<?> table) {
		return table.maxTransactionSize();
	}

	private static int operation(TypedTableClient<?> table, TableKey key) {
		return OPERATION + table.tableName().length()
				+ PER_KEY_CHARACTER * (key.partitionKey().length() + key.rowKey().length());
	}

	private void forget() {
		if (this.out.sink().array().length > KEPT) {
			this.out = new JsonWriter(new ByteSink());
			return;
		}
		this.out.reset();
		this.out.sink().reset();
	}

}
