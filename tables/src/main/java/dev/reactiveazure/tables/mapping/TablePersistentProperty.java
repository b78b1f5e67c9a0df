package dev.reactiveazure.tables.mapping;

import java.math.BigDecimal;
import java.time.Instant;

import dev.reactiveazure.tables.EdmType;
import org.jspecify.annotations.Nullable;

import org.springframework.data.mapping.Association;
import org.springframework.data.mapping.PersistentEntity;
import org.springframework.data.mapping.model.AnnotationBasedPersistentProperty;
import org.springframework.data.mapping.model.Property;
import org.springframework.data.mapping.model.SimpleTypeHolder;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * A property of a class that is stored in a table.
 */
public class TablePersistentProperty extends AnnotationBasedPersistentProperty<TablePersistentProperty> {

	private final String columnName;

	private final @Nullable ColumnType columnType;

	/**
	 * Create the property.
	 * @param property what the class says
	 * @param owner the entity it belongs to
	 * @param simpleTypes the types that are one column
	 */
	@SuppressWarnings("this-escape")
	public TablePersistentProperty(Property property, PersistentEntity<?, TablePersistentProperty> owner,
			SimpleTypeHolder simpleTypes) {
		super(property, owner, simpleTypes);
		this.columnName = findColumnName();
		this.columnType = ColumnType.of(getType());
	}

	private String findColumnName() {
		if (isPartitionKey()) {
			return "PartitionKey";
		}
		if (isRowKey()) {
			return "RowKey";
		}
		if (isTimestamp()) {
			return "Timestamp";
		}
		dev.reactiveazure.tables.mapping.Property annotation = findAnnotation(
				dev.reactiveazure.tables.mapping.Property.class);
		return (annotation != null && StringUtils.hasText(annotation.name())) ? annotation.name() : getName();
	}

	@Override
	protected Association<TablePersistentProperty> createAssociation() {
		return new Association<>(this, null);
	}

	@Override
	public boolean isAssociation() {
		return false;
	}

	public boolean isPartitionKey() {
		return isAnnotationPresent(PartitionKey.class);
	}

	public boolean isRowKey() {
		return isAnnotationPresent(RowKey.class);
	}

	public boolean isTimestamp() {
		return isAnnotationPresent(Timestamp.class);
	}

	/**
	 * Return the name under which this is stored.
	 */
	public String columnName() {
		return this.columnName;
	}

	@Nullable ColumnType columnType() {
		return this.columnType;
	}

	/**
	 * Return the type as which this is stored.
	 * @throws IllegalStateException if there is none for its Java type
	 */
	public EdmType edmType() {
		return (isPartitionKey() || isRowKey()) ? EdmType.STRING : requiredType().edmType();
	}

	/**
	 * Return whether stored values are in the order of their Java values, so that a
	 * filter may compare with less and greater.
	 */
	public boolean isOrdered() {
		return requiredType().ordered();
	}

	/**
	 * Return a value as a filter's literal of this property's type.
	 * @param value a value of this property's Java type, or a number that is exactly one
	 * @throws IllegalArgumentException if it is neither; the message names the property
	 */
	public String literal(Object value) {
		Object stored = stored(value);
		if (isPartitionKey() || isRowKey()) {
			return EdmType.STRING.literal(stored.toString());
		}
		return requiredType().edmType().literal(stored);
	}

	/**
	 * Return a value as it is stored: of the Java type of {@link #edmType()}, but for
	 * keys, whose text it is.
	 * @param value a value of this property's Java type, or a number that is exactly one
	 * @throws IllegalArgumentException if it is neither; the message names the property
	 */
	public Object stored(Object value) {
		return requiredType().toStored().apply(convert(value));
	}

	private Object convert(Object value) {
		Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(getType());
		if (type.isInstance(value)) {
			return value;
		}
		if (value instanceof Number number && Number.class.isAssignableFrom(type)) {
			return exactly(number, type);
		}
		if (value instanceof Instant moment && requiredType().edmType() == EdmType.DATE_TIME) {
			return requiredType().fromStored().apply(moment);
		}
		if (value instanceof String && requiredType().edmType() == EdmType.STRING) {
			return requiredType().fromStored().apply(value);
		}
		throw mismatch(value);
	}

	private Object exactly(Number number, Class<?> type) {
		try {
			BigDecimal value = new BigDecimal(number.toString());
			return switch (type.getSimpleName()) {
				case "Byte" -> value.byteValueExact();
				case "Short" -> value.shortValueExact();
				case "Integer" -> value.intValueExact();
				case "Long" -> value.longValueExact();
				case "Float" -> value.floatValue();
				case "Double" -> value.doubleValue();
				case "BigDecimal" -> value;
				default -> throw mismatch(number);
			};
		}
		catch (ArithmeticException | NumberFormatException ex) {
			throw mismatch(number);
		}
	}

	private IllegalArgumentException mismatch(Object value) {
		return new IllegalArgumentException("Property '" + getName() + "' of " + getOwner().getType().getSimpleName()
				+ " is a " + getType().getSimpleName() + " and can't be compared with a "
				+ value.getClass().getSimpleName());
	}

	private ColumnType requiredType() {
		if (this.columnType == null) {
			throw new IllegalStateException("Property '" + getName() + "' of " + getOwner().getType().getName()
					+ " can't be stored: there is no column type for " + getType().getName());
		}
		return this.columnType;
	}

}
