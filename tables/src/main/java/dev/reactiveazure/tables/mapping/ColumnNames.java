package dev.reactiveazure.tables.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The columns that a codec reads, each with its index and with how it is stored.
 */
final class ColumnNames {

	private final List<String> names = new ArrayList<>();

	private final Map<String, Stored> stored = new HashMap<>();

	/**
	 * Return a column's index, the next where it is new.
	 */
	int index(String name) {
		int index = this.names.indexOf(name);
		if (index < 0) {
			this.names.add(name);
			index = this.names.size() - 1;
		}
		return index;
	}

	/**
	 * Note how a class stores a column.
	 * @return the class that stores it in another way; {@code null} when there is none
	 */
	@Nullable Class<?> conflict(String name, ColumnType type, Class<?> owner) {
		Stored other = this.stored.putIfAbsent(name, new Stored(type, owner));
		boolean same = other == null
				|| (other.type.edmType() == type.edmType() && other.type.numeric() == type.numeric());
		return same ? null : other.owner;
	}

	List<String> all() {
		return List.copyOf(this.names);
	}

	private record Stored(ColumnType type, Class<?> owner) {
	}

}
