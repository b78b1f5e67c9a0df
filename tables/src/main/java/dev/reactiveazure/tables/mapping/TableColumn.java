package dev.reactiveazure.tables.mapping;

import java.util.List;

import dev.reactiveazure.tables.EdmType;
import org.jspecify.annotations.Nullable;

/**
 * The column behind a Java path, as a filter and a projection name it.
 */
public final class TableColumn {

	/** The place of what is no part of a key, but all of it. */
	static final int WHOLE = -1;

	private final MappedProperty mapped;

	private final @Nullable KeyColumn key;

	private final int position;

	/**
	 * Create the column.
	 * @param mapped the property
	 * @param key the key that it belongs to
	 * @param position its place in the key; {@link #WHOLE} for a key that several
	 * properties make up, as the text that it is
	 */
	TableColumn(MappedProperty mapped, @Nullable KeyColumn key, int position) {
		this.mapped = mapped;
		this.key = key;
		this.position = position;
	}

	/**
	 * Return the Java path.
	 */
	public String path() {
		return this.mapped.path();
	}

	/**
	 * Return the column's name.
	 */
	public String name() {
		return this.mapped.column();
	}

	/**
	 * Return the property.
	 */
	public TablePersistentProperty property() {
		return this.mapped.property();
	}

	/**
	 * Return the column's type.
	 */
	public EdmType edmType() {
		return property().edmType();
	}

	/**
	 * Return whether this is the whole partition key.
	 */
	public boolean isPartitionKey() {
		return property().isPartitionKey() && !isKeyPart();
	}

	/**
	 * Return whether this is the whole row key.
	 */
	public boolean isRowKey() {
		return property().isRowKey() && !isKeyPart();
	}

	/**
	 * Return whether an update can set the column.
	 */
	public boolean isUpdatable() {
		return whyNotUpdatable() == null;
	}

	/**
	 * Return why no update can set the column.
	 * @return the reason, to follow the property's name; {@code null} where one can
	 */
	public @Nullable String whyNotUpdatable() {
		if (property().isKey()) {
			return "is in the key, which is the row's name";
		}
		if (property().isTimestamp()) {
			return "is the time stamp, which is the service's";
		}
		if (!property().isWritable()) {
			return "is read only";
		}
		return property().isSplit() ? "is cut into several columns, which only a write of the whole entity sets" : null;
	}

	/**
	 * Return a value as it is stored.
	 * @throws IllegalArgumentException if the column does not hold such values
	 */
	public Object stored(Object value) {
		if (!isWhole()) {
			return property().stored(value);
		}
		if (!(value instanceof String)) {
			throw refused("is the whole " + name() + ", which is text");
		}
		return value;
	}

	/**
	 * Return whether the value may be cut into several columns.
	 */
	public boolean isSplit() {
		return property().isSplit();
	}

	private boolean isWhole() {
		return this.position == WHOLE;
	}

	/**
	 * Return whether rows are in the reverse order of values.
	 */
	public boolean isDescending() {
		return !isWhole() && property().isDescending();
	}

	/**
	 * Return the place among the properties that make up the key, from 0.
	 */
	public int part() {
		return this.position;
	}

	/**
	 * Return what the keys of all entities begin with whose first few properties of the
	 * key have these values: the whole key, for a value of each.
	 * @throws IllegalArgumentException if one is of another type
	 */
	public String joined(List<?> values) {
		return (this.key != null) ? this.key.of(values) : "";
	}

	/**
	 * Return how many properties make up the key.
	 */
	public int parts() {
		return (this.key != null) ? this.key.properties().size() : 0;
	}

	/**
	 * Return whether one of several properties that make up a key.
	 */
	public boolean isKeyPart() {
		return this.key != null && this.key.isComposite() && !isWhole();
	}

	/**
	 * Return whether a filter may ask for less and greater.
	 */
	public boolean isOrdered() {
		if (isWhole()) {
			return true;
		}
		if (this.key == null || !this.key.isComposite()) {
			return property().isOrdered();
		}
		return this.position == 0 && this.key.part(0).ordered() && this.key.part(0).fixedLength();
	}

	/**
	 * Return a value as the column's literal.
	 * @throws IllegalArgumentException if the column does not hold such values
	 */
	public String literal(Object value) {
		return isWhole() ? EdmType.STRING.literal(stored(value)) : property().literal(value);
	}

	/**
	 * Return a comparison in the service's language. The first of several properties that
	 * make up a key becomes a range of it.
	 * @param operator {@code eq}, {@code ne}, {@code gt}, {@code ge}, {@code lt} or
	 * {@code le}, in terms of the property: a descending key turns it round
	 * @throws IllegalArgumentException if the column can't be compared so
	 */
	public String comparison(String operator, Object value) {
		boolean equality = operator.equals("eq") || operator.equals("ne");
		if (property().isSplit() || property().isJson()) {
			throw refused("is stored in a form that no filter can compare");
		}
		if (isKeyPart() && this.position > 0) {
			throw refused("is the part " + (this.position + 1) + " of the " + name()
					+ ": in a filter it must be equal to a value, as must each part before it, all joined by 'and'");
		}
		if (!equality && !isOrdered()) {
			throw refused("is a " + property().getType().getSimpleName()
					+ ", stored as text that is in another order: only equal and not equal can be asked for");
		}
		String turned = isDescending() ? turn(operator) : operator;
		return (this.key != null && isKeyPart()) ? range(this.key, turned, value)
				: name() + " " + turned + " " + literal(value);
	}

	private String range(KeyColumn key, String operator, Object value) {
		String prefix = key.of(List.of(value));
		String from = EdmType.STRING.literal(prefix);
		String to = EdmType.STRING.literal(prefix.substring(0, prefix.length() - 1) + (char) (key.separator() + 1));
		return switch (operator) {
			case "eq" -> "(" + name() + " ge " + from + " and " + name() + " lt " + to + ")";
			case "ne" -> "(" + name() + " lt " + from + " or " + name() + " ge " + to + ")";
			case "gt" -> name() + " ge " + to;
			case "ge" -> name() + " ge " + from;
			case "lt" -> name() + " lt " + from;
			default -> name() + " lt " + to;
		};
	}

	private static String turn(String operator) {
		return switch (operator) {
			case "gt" -> "lt";
			case "ge" -> "le";
			case "lt" -> "gt";
			case "le" -> "ge";
			default -> operator;
		};
	}

	private IllegalArgumentException refused(String reason) {
		return new IllegalArgumentException("Property '" + path() + "' " + reason);
	}

	@Override
	public String toString() {
		return path() + " -> " + name();
	}

}
