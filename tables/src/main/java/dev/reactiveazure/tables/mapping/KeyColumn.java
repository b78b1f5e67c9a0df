package dev.reactiveazure.tables.mapping;

import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.tables.InvalidEntityException;
import org.jspecify.annotations.Nullable;

/**
 * A key: a fixed one, a property, or several joined by a separator.
 *
 * @param name {@code PartitionKey} or {@code RowKey}
 * @param properties the properties, in order
 * @param separator what stands between them
 * @param fixed the key of all entities; {@code null} where properties make it up
 */
record KeyColumn(String name, List<MappedProperty> properties, char separator, @Nullable String fixed) {

	boolean isComposite() {
		return this.properties.size() > 1;
	}

	KeyPart part(int index) {
		return this.properties.get(index).property().requiredKeyPart();
	}

	/**
	 * Return the key of values.
	 * @param values a value for each property, or for the first few: then the key is what
	 * those of all entities with these values begin with
	 */
	String encode(List<? extends @Nullable Object> values) {
		if (this.fixed != null) {
			return this.fixed;
		}
		if (!isComposite()) {
			return encode(0, values.get(0));
		}
		StringBuilder key = new StringBuilder();
		for (int i = 0; i < values.size(); i++) {
			boolean last = i == this.properties.size() - 1;
			String text = encode(i, values.get(i));
			key.append(last ? text : part(i).separated(text, this.separator, this.properties.get(i).path()));
			if (!last) {
				key.append(this.separator);
			}
		}
		return key.toString();
	}

	private String encode(int index, @Nullable Object value) {
		return part(index).encode(value, this.properties.get(index).path());
	}

	/**
	 * Return the values of a key.
	 * @throws IllegalStateException if it is none of this kind
	 */
	List<Object> decode(String key) {
		List<Object> values = new ArrayList<>(this.properties.size());
		int start = 0;
		for (int i = 0; i < this.properties.size(); i++) {
			boolean last = i == this.properties.size() - 1;
			int end = last ? key.length() : key.indexOf(this.separator, start);
			if (end < 0) {
				throw new IllegalStateException("the " + this.name + " has no " + this.properties.size()
						+ " parts between '" + this.separator + "'");
			}
			values.add(decode(i, key.substring(start, end)));
			start = end + 1;
		}
		return values;
	}

	private Object decode(int index, String text) {
		try {
			return part(index).decode().apply(text);
		}
		catch (RuntimeException ex) {
			throw new IllegalStateException(
					"the " + this.name + " is no '" + this.properties.get(index).path() + "': " + ex.getMessage(), ex);
		}
	}

	/**
	 * Return the key of values as an application has them.
	 * @throws InvalidEntityException if one is of another type
	 */
	String of(List<?> values) {
		List<Object> converted = new ArrayList<>(values.size());
		for (int i = 0; i < values.size(); i++) {
			MappedProperty property = this.properties.get(i);
			Object value = values.get(i);
			if (value == null) {
				throw new InvalidEntityException(property.path(),
						"Property '" + property.path() + "' belongs to the " + this.name + " and must not be null");
			}
			converted.add(property.property().convert(value));
		}
		return encode(converted);
	}

}
