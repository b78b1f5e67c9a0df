package dev.reactiveazure.tables.mapping;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.reactiveazure.tables.EdmType;
import org.jspecify.annotations.Nullable;

import org.springframework.data.core.TypeInformation;
import org.springframework.data.mapping.Association;
import org.springframework.data.mapping.MappingException;
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

	private final ColumnSettings settings;

	private final String columnName;

	private @Nullable ColumnType columnType;

	private @Nullable KeyPart keyPart;

	private @Nullable String typeProblem;

	private final boolean embedded;

	/**
	 * Create the property.
	 * @param property what the class says
	 * @param owner the entity it belongs to
	 * @param simpleTypes the types that are one column
	 * @param mapping names columns and knows how values are stored
	 */
	@SuppressWarnings("this-escape")
	public TablePersistentProperty(Property property, PersistentEntity<?, TablePersistentProperty> owner,
			SimpleTypeHolder simpleTypes, TableMappingContext mapping) {
		super(property, owner, simpleTypes);
		this.settings = ColumnSettings.of(this);
		this.columnName = findColumnName(mapping.options().naming());
		this.embedded = isAnnotationPresent(Embedded.class)
				|| (isIdProperty() && !isKey() && !simpleTypes.isSimpleType(getType()));
		if (isColumn()) {
			findType(mapping.columnTypes());
		}
	}

	private String findColumnName(TableNamingStrategy naming) {
		if (isPartitionKey()) {
			return "PartitionKey";
		}
		if (isRowKey()) {
			return "RowKey";
		}
		if (isTimestamp()) {
			return "Timestamp";
		}
		return StringUtils.hasText(this.settings.name()) ? this.settings.name() : naming.columnName(getName());
	}

	private void findType(ColumnTypes types) {
		try {
			ColumnType type = types.of(this);
			this.columnType = type;
			this.keyPart = isKey() ? KeyPart.of(this, type) : null;
		}
		catch (MappingException ex) {
			this.typeProblem = ex.getMessage();
		}
	}

	/**
	 * Return the type of values: what an {@link Optional} holds, or the property's.
	 */
	Class<?> valueType() {
		TypeInformation<?> content = isOptional() ? getTypeInformation().getComponentType() : null;
		return (content != null) ? content.getType() : getType();
	}

	boolean isOptional() {
		return getType() == Optional.class;
	}

	ColumnSettings settings() {
		return this.settings;
	}

	@Override
	public Iterable<? extends TypeInformation<?>> getPersistentEntityTypeInformation() {
		return isEmbedded() ? super.getPersistentEntityTypeInformation() : List.of();
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
	 * Return whether this is a key or one of several properties that make one up.
	 */
	public boolean isKey() {
		return isPartitionKey() || isRowKey();
	}

	/**
	 * Return whether rows are in the reverse order of this property's values.
	 */
	public boolean isDescending() {
		return this.keyPart != null && this.keyPart.descending();
	}

	/**
	 * Return whether this is an object whose properties are columns of the entity.
	 */
	public boolean isEmbedded() {
		return this.embedded;
	}

	/**
	 * Return whether this is the map of columns that no other property has.
	 */
	public boolean isUnmapped() {
		return isAnnotationPresent(Unmapped.class);
	}

	boolean isJson() {
		return isAnnotationPresent(Json.class);
	}

	boolean isSplit() {
		return this.settings.split();
	}

	/**
	 * Return whether this is a column, or part of a key.
	 */
	boolean isColumn() {
		return !isVersionProperty() && !isEmbedded() && !isUnmapped();
	}

	String embeddedPrefix() {
		Embedded annotation = findAnnotation(Embedded.class);
		return (annotation != null) ? annotation.prefix() : "";
	}

	int keyOrder() {
		return (this.keyPart != null) ? this.keyPart.order() : 0;
	}

	KeyPart requiredKeyPart() {
		if (this.keyPart == null) {
			throw new IllegalStateException(
					"Property '" + getName() + "' of " + getOwner().getType().getName() + " " + this.typeProblem);
		}
		return this.keyPart;
	}

	/**
	 * Return why this can't be stored.
	 */
	@Nullable String typeProblem() {
		return this.typeProblem;
	}

	/**
	 * Return the name under which this is stored.
	 */
	public String columnName() {
		return this.columnName;
	}

	@Nullable ColumnType columnTypeOrNull() {
		return this.columnType;
	}

	/**
	 * Return the type as which this is stored.
	 * @throws IllegalStateException if there is none for its Java type
	 */
	public EdmType edmType() {
		return isKey() ? EdmType.STRING : requiredType().edmType();
	}

	/**
	 * Return whether stored values are in the order of their Java values, so that a
	 * filter may compare with less and greater.
	 */
	public boolean isOrdered() {
		return (this.keyPart != null) ? this.keyPart.ordered() : requiredType().ordered();
	}

	/**
	 * Return a value as a filter's literal of this property's type.
	 * @param value a value of this property's Java type, or a number that is exactly one
	 * @throws IllegalArgumentException if it is neither; the message names the property
	 */
	public String literal(Object value) {
		Object stored = stored(value);
		return isKey() ? EdmType.STRING.literal(stored.toString()) : requiredType().edmType().literal(stored);
	}

	/**
	 * Return a value as it is stored: of the Java type of {@link #edmType()}; for keys,
	 * the text that it is there.
	 * @param value a value of this property's Java type, or a number that is exactly one
	 * @throws IllegalArgumentException if it is neither; the message names the property
	 */
	public Object stored(Object value) {
		Object converted = convert(value);
		return (this.keyPart != null) ? this.keyPart.encode(converted, getName())
				: requiredType().toStored().apply(converted);
	}

	/**
	 * Return a value as one of this property's type.
	 */
	Object convert(Object value) {
		Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(valueType());
		if (type.isInstance(value)) {
			return value;
		}
		if (value instanceof Number number && Number.class.isAssignableFrom(type)) {
			return exactly(number, type);
		}
		if (value instanceof Instant moment && requiredType().edmType() == EdmType.DATE_TIME) {
			return requiredType().fromStored().apply(moment);
		}
		if (value instanceof String text && requiredType().edmType() == EdmType.STRING) {
			return parse(text);
		}
		throw mismatch(value);
	}

	private Object parse(String text) {
		Object parsed = requiredType().parse(text);
		if (parsed == null) {
			throw mismatch(text);
		}
		return parsed;
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
			throw new IllegalStateException(
					"Property '" + getName() + "' of " + getOwner().getType().getName() + " " + this.typeProblem);
		}
		return this.columnType;
	}

}
