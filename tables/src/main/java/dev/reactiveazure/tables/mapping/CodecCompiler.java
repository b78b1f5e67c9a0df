package dev.reactiveazure.tables.mapping;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.reactiveazure.tables.ETag;
import dev.reactiveazure.tables.EdmType;
import dev.reactiveazure.tables.EntityCodec;
import dev.reactiveazure.tables.mapping.CompiledCodec.VersionColumn;
import org.jspecify.annotations.Nullable;

import org.springframework.data.mapping.MappingException;
import org.springframework.data.mapping.Parameter;
import org.springframework.data.mapping.PreferredConstructor;

/**
 * Makes the codec of a mapped class, or says in one message all that stands against it.
 *
 * @param <T> the mapped class
 */
final class CodecCompiler<T> {

	private static final Pattern COLUMN_NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]{0,254}");

	private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{2,62}");

	private static final int MOST_COLUMNS = 255;

	private final TablePersistentEntity<T> entity;

	private final List<String> problems = new ArrayList<>();

	private final Map<String, Integer> slots = new HashMap<>();

	private int slotCount;

	CodecCompiler(TablePersistentEntity<T> entity) {
		this.entity = entity;
	}

	EntityCodec<T> compile() {
		Constructor<?> constructor = constructor();
		if (constructor != null) {
			takeSlots(constructor);
		}
		int argumentCount = this.slotCount;
		List<Column> columns = columns();
		VersionColumn version = version();
		check(columns);
		if (constructor == null || !this.problems.isEmpty()) {
			throw new MappingException(this.entity.getType().getName() + " can't be stored in a table:\n  - "
					+ String.join("\n  - ", this.problems));
		}
		return new CompiledCodec<>(this.entity.getType(), columns, version, handle(constructor), argumentCount,
				absent(constructor));
	}

	private @Nullable Constructor<?> constructor() {
		if (this.entity.getInstanceCreatorMetadata() instanceof PreferredConstructor<?, ?> preferred
				&& !Modifier.isAbstract(this.entity.getType().getModifiers())) {
			return preferred.getConstructor();
		}
		this.problems.add("it has no constructor to use: declare one, or mark one with @PersistenceCreator");
		return null;
	}

	private void takeSlots(Constructor<?> constructor) {
		for (Parameter<?, TablePersistentProperty> parameter : parameters()) {
			String name = parameter.getName();
			if (name == null) {
				this.problems.add("its constructor's parameters have no names: compile it with -parameters");
				return;
			}
			if (this.entity.getPersistentProperty(name) == null && !this.entity.isTransient(name)) {
				this.problems.add("its constructor's parameter '" + name + "' is no property");
			}
			this.slots.put(name, this.slotCount++);
		}
		if (constructor.getParameterCount() != this.slotCount) {
			this.problems.add("it is an inner class: make it static");
		}
	}

	@SuppressWarnings({ "unchecked", "rawtypes", "NullAway" }) // called with a creator
																// only
	private List<Parameter<Object, TablePersistentProperty>> parameters() {
		return (List) this.entity.getInstanceCreatorMetadata().getParameters();
	}

	private List<Column> columns() {
		List<Column> columns = new ArrayList<>();
		for (TablePersistentProperty property : this.entity) {
			if (!property.isVersionProperty()) {
				Column column = column(property);
				if (column != null) {
					columns.add(column);
				}
			}
		}
		return columns;
	}

	private @Nullable Column column(TablePersistentProperty property) {
		ColumnType type = property.columnType();
		if (type == null) {
			this.problems.add("property '" + property.getName() + "' is a " + property.getType().getName()
					+ ", which is not stored as one column: use another type, or mark it @Transient");
			return null;
		}
		checkRole(property, type);
		MethodHandle getter = getter(property);
		MethodHandle setter = this.slots.containsKey(property.getName()) ? null : setter(property);
		boolean system = property.isPartitionKey() || property.isRowKey() || property.isTimestamp();
		if (getter == null) {
			return null;
		}
		return new Column(property.getName(), property.columnName(), type, getter, setter, slot(property),
				!system && property.isWritable());
	}

	private void checkRole(TablePersistentProperty property, ColumnType type) {
		boolean key = property.isPartitionKey() || property.isRowKey();
		if (key && type.edmType() != EdmType.STRING && type.edmType() != EdmType.GUID) {
			this.problems.add("property '" + property.getName() + "' is a " + property.getType().getName()
					+ " and can't be a key: use a type that is stored as text, or a UUID");
		}
		if (property.isTimestamp() && property.getType() != Instant.class
				&& property.getType() != OffsetDateTime.class) {
			this.problems.add("property '" + property.getName() + "' is the @Timestamp and must be an Instant or an "
					+ "OffsetDateTime, not a " + property.getType().getName());
		}
	}

	private @Nullable VersionColumn version() {
		TablePersistentProperty property = this.entity.getVersionProperty();
		if (property == null) {
			return null;
		}
		if (property.getType() != String.class && property.getType() != ETag.class) {
			this.problems.add("property '" + property.getName() + "' is the @Version and must be a String or an ETag, "
					+ "not a " + property.getType().getName());
			return null;
		}
		MethodHandle getter = getter(property);
		MethodHandle setter = this.slots.containsKey(property.getName()) ? null : setter(property);
		return (getter != null) ? new VersionColumn(getter, setter, slot(property), property.getType() == String.class)
				: null;
	}

	private int slot(TablePersistentProperty property) {
		return this.slots.computeIfAbsent(property.getName(), (name) -> this.slotCount++);
	}

	private void check(List<Column> columns) {
		if (!this.entity.hasTableNameExpression() && !TABLE_NAME.matcher(this.entity.tableName()).matches()) {
			this.problems.add("'" + this.entity.tableName() + "' can't be the name of a table, which takes 3 to 63 "
					+ "letters (a-z, A-Z) and digits, a letter first: name one with @Table");
		}
		checkOne(this.entity.getPersistentProperties(PartitionKey.class), "@PartitionKey");
		checkOne(this.entity.getPersistentProperties(RowKey.class), "@RowKey");
		Set<String> names = new HashSet<>();
		for (Column column : columns) {
			if (!names.add(column.name())) {
				this.problems.add("two properties are stored as '" + column.name() + "'");
			}
			if (!COLUMN_NAME.matcher(column.name()).matches()) {
				this.problems.add("'" + column.name() + "' can't be the name of a column, which takes letters, digits "
						+ "and '_', no digit first: name it with @Property");
			}
			boolean reserved = column.name().equals("PartitionKey") || column.name().equals("RowKey")
					|| column.name().equals("Timestamp");
			if (reserved && column.written()) {
				this.problems.add("property '" + column.property() + "' has the name of the service's own '"
						+ column.name() + "': mark it @" + column.name() + ", or name it with @Property");
			}
		}
		if (columns.size() > MOST_COLUMNS) {
			this.problems.add("it has " + columns.size() + " properties, of which a table takes 255");
		}
	}

	private void checkOne(Iterable<TablePersistentProperty> properties, String annotation) {
		int count = 0;
		for (TablePersistentProperty property : properties) {
			count += (property != null) ? 1 : 0;
		}
		if (count != 1) {
			this.problems
				.add((count == 0) ? "no property is marked " + annotation : "two properties are marked " + annotation);
		}
	}

	private @Nullable MethodHandle getter(TablePersistentProperty property) {
		Method method = property.getGetter();
		Field field = property.getField();
		MethodHandle handle = null;
		if (method != null) {
			handle = handle(method, (lookup) -> lookup.unreflect(method));
		}
		else if (field != null) {
			handle = handle(field, (lookup) -> lookup.unreflectGetter(field));
		}
		if (handle == null) {
			this.problems.add("property '" + property.getName() + "' can't be read");
			return null;
		}
		return handle.asType(MethodType.methodType(Object.class, Object.class));
	}

	private @Nullable MethodHandle setter(TablePersistentProperty property) {
		Method method = property.getSetter();
		Field field = property.getField();
		MethodHandle handle = null;
		if (method != null) {
			handle = handle(method, (lookup) -> lookup.unreflect(method));
		}
		else if (field != null && !Modifier.isFinal(field.getModifiers())) {
			handle = handle(field, (lookup) -> lookup.unreflectSetter(field));
		}
		if (handle == null) {
			this.problems.add("property '" + property.getName()
					+ "' can't be set: give it to the constructor, add a setter, or mark it @Transient");
			return null;
		}
		return handle.asType(MethodType.methodType(void.class, Object.class, Object.class));
	}

	@SuppressWarnings("NullAway") // a constructor that is not accessible has been refused
	private static MethodHandle handle(Constructor<?> constructor) {
		MethodHandle handle = handle(constructor, (lookup) -> lookup.unreflectConstructor(constructor));
		return handle.asType(handle.type().generic())
			.asSpreader(Object[].class, constructor.getParameterCount())
			.asType(MethodType.methodType(Object.class, Object[].class));
	}

	private static @Nullable MethodHandle handle(AccessibleObject member, Unreflection unreflection) {
		try {
			member.setAccessible(true);
			return unreflection.apply(MethodHandles.lookup());
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			return null;
		}
	}

	private @Nullable Object[] absent(Constructor<?> constructor) {
		@Nullable Object[] absent = new @Nullable Object[this.slotCount];
		Class<?>[] types = constructor.getParameterTypes();
		for (int i = 0; i < types.length; i++) {
			if (types[i].isPrimitive()) {
				absent[i] = java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(types[i], 1), 0);
			}
		}
		return Arrays.copyOf(absent, absent.length);
	}

	@FunctionalInterface
	private interface Unreflection {

		MethodHandle apply(MethodHandles.Lookup lookup) throws ReflectiveOperationException;

	}

}
