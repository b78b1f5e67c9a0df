package dev.reactiveazure.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a transaction did, by operation. Immutable.
 */
public final class TransactionResult {

	private final @Nullable Object[] entities;

	private final @Nullable ETag[] etags;

	TransactionResult(@Nullable Object[] entities, @Nullable ETag[] etags) {
		this.entities = entities;
		this.etags = etags;
	}

	/**
	 * Return how many operations the transaction had.
	 */
	public int size() {
		return this.etags.length;
	}

	/**
	 * Return the version in which an operation's entity is stored now.
	 * @param index the operation's index, from 0
	 * @return the version; {@code null} where the operation was a delete
	 */
	public @Nullable ETag etag(int index) {
		return this.etags[index];
	}

	/**
	 * Return the versions of all operations' entities, in order.
	 * @return an unmodifiable list, with {@code null} for each delete
	 */
	public List<@Nullable ETag> etags() {
		return Collections.unmodifiableList(Arrays.<@Nullable ETag>asList(this.etags));
	}

	/**
	 * Return an operation's entity, with its new version.
	 * @param index the operation's index, from 0
	 * @return the entity; {@code null} where the operation was a delete
	 * @throws ClassCastException if it is of another type
	 */
	public <T> @Nullable T entity(int index, Class<T> type) {
		return type.cast(this.entities[index]);
	}

	/**
	 * Return the entities of a type that were written, with their new versions, in the
	 * order of their operations.
	 */
	public <T> List<T> entities(Class<T> type) {
		List<T> found = new ArrayList<>(this.entities.length);
		for (Object entity : this.entities) {
			if (type.isInstance(entity)) {
				found.add(type.cast(entity));
			}
		}
		return Collections.unmodifiableList(found);
	}

	@Override
	public String toString() {
		return "TransactionResult[size=" + size() + "]";
	}

}
