package dev.reactiveazure.tables.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a transaction wrote, by write. Immutable.
 */
public final class TransactionEntities {

	private final List<@Nullable Object> entities;

	TransactionEntities(List<@Nullable Object> entities) {
		this.entities = Collections.unmodifiableList(new ArrayList<>(entities));
	}

	/**
	 * Return how many writes there were.
	 */
	public int size() {
		return this.entities.size();
	}

	/**
	 * Return a write's entity, with its new version.
	 * @param index the write's index, from 0
	 * @return the entity; {@code null} where the write was a delete
	 * @throws ClassCastException if it is of another class
	 */
	public <T> @Nullable T get(int index, Class<T> type) {
		return type.cast(this.entities.get(index));
	}

	/**
	 * Return the entities of a class that were written, with their new versions, in the
	 * order of their writes.
	 */
	public <T> List<T> all(Class<T> type) {
		List<T> found = new ArrayList<>();
		for (Object entity : this.entities) {
			if (type.isInstance(entity)) {
				found.add(type.cast(entity));
			}
		}
		return Collections.unmodifiableList(found);
	}

	@Override
	public String toString() {
		return "TransactionEntities[size=" + size() + "]";
	}

}
