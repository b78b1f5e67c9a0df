package dev.reactiveazure.tables;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Names and values in order. Unmodifiable as a map; whoever fills it by {@link #set} does
 * so before anybody else sees it.
 * <p>
 * Looks a name up by going through all of them: an entity has at most 252, mostly a
 * dozen. Fifteen properties take 190 bytes, in a {@code LinkedHashMap} 880.
 */
final class PropertyMap extends AbstractMap<String, Object> {

	private static final int INITIAL_CAPACITY = 16;

	private String[] names;

	private Object[] values;

	private int size;

	PropertyMap() {
		this(new String[INITIAL_CAPACITY], new Object[INITIAL_CAPACITY], 0);
	}

	/**
	 * Create a map over arrays that nobody changes from now on.
	 */
	PropertyMap(String[] names, Object[] values) {
		this(names, values, names.length);
	}

	private PropertyMap(String[] names, Object[] values, int size) {
		this.names = names;
		this.values = values;
		this.size = size;
	}

	PropertyMap copy() {
		int capacity = Math.max(INITIAL_CAPACITY, this.size + 1);
		return new PropertyMap(Arrays.copyOf(this.names, capacity), Arrays.copyOf(this.values, capacity), this.size);
	}

	/**
	 * Give a property a value, at its old place where it has one.
	 */
	void set(String name, Object value) {
		int index = indexOf(name);
		if (index >= 0) {
			this.values[index] = value;
			return;
		}
		if (this.size == this.names.length) {
			this.names = Arrays.copyOf(this.names, this.size * 2);
			this.values = Arrays.copyOf(this.values, this.size * 2);
		}
		this.names[this.size] = name;
		this.values[this.size++] = value;
	}

	void unset(String name) {
		int index = indexOf(name);
		if (index >= 0) {
			this.size--;
			System.arraycopy(this.names, index + 1, this.names, index, this.size - index);
			System.arraycopy(this.values, index + 1, this.values, index, this.size - index);
		}
	}

	private int indexOf(@Nullable Object name) {
		int hash = Objects.hashCode(name);
		for (int i = 0; i < this.size; i++) {
			// A name knows its hash, and to compare that first halves the time.
			if (this.names[i].hashCode() == hash && this.names[i].equals(name)) {
				return i;
			}
		}
		return -1;
	}

	@Override
	public int size() {
		return this.size;
	}

	@Override
	public boolean containsKey(@Nullable Object name) {
		return indexOf(name) >= 0;
	}

	@Override
	public @Nullable Object get(@Nullable Object name) {
		int index = indexOf(name);
		return (index >= 0) ? this.values[index] : null;
	}

	@Override
	public void forEach(BiConsumer<? super String, ? super Object> action) {
		for (int i = 0; i < this.size; i++) {
			action.accept(this.names[i], this.values[i]);
		}
	}

	@Override
	public Set<Map.Entry<String, Object>> entrySet() {
		return new EntrySet();
	}

	private final class EntrySet extends AbstractSet<Map.Entry<String, Object>> {

		@Override
		public int size() {
			return PropertyMap.this.size;
		}

		@Override
		public Iterator<Map.Entry<String, Object>> iterator() {
			return new Entries();
		}

	}

	private final class Entries implements Iterator<Map.Entry<String, Object>> {

		private int next;

		@Override
		public boolean hasNext() {
			return this.next < PropertyMap.this.size;
		}

		@Override
		public Map.Entry<String, Object> next() {
			if (!hasNext()) {
				throw new NoSuchElementException();
			}
			int index = this.next++;
			return Map.entry(PropertyMap.this.names[index], PropertyMap.this.values[index]);
		}

	}

}
