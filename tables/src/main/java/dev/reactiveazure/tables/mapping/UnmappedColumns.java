package dev.reactiveazure.tables.mapping;

import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.Set;

import dev.reactiveazure.tables.EdmType;
import dev.reactiveazure.tables.InvalidEntityException;
import dev.reactiveazure.tables.RowReader;
import dev.reactiveazure.tables.RowWriter;
import org.jspecify.annotations.Nullable;

/**
 * The map of columns that no other property has.
 *
 * @param property the property's name
 * @param getter reads it, {@code (Object) -> Object}
 * @param slot where it waits for its entity
 */
record UnmappedColumns(String property, MethodHandle getter, int slot) {

	static boolean isOwn(String column) {
		return column.equals("PartitionKey") || column.equals("RowKey") || column.equals("Timestamp");
	}

	static Object value(RowReader row) {
		return switch (row.type()) {
			case STRING -> row.string();
			case INT32 -> row.int32();
			case INT64 -> row.int64();
			case DOUBLE -> row.float64();
			case BOOLEAN -> row.bool();
			case DATE_TIME -> row.dateTime();
			case GUID -> row.guid();
			case BINARY -> row.binary();
		};
	}

	void write(Object entity, RowWriter row, Set<String> mapped) {
		if (!(Invoke.get(this.getter, entity) instanceof Map<?, ?> columns)) {
			return;
		}
		columns.forEach((name, value) -> {
			if (value != null) {
				write(String.valueOf(name), value, row, mapped);
			}
		});
	}

	private void write(String name, Object value, RowWriter row, Set<String> mapped) {
		if (mapped.contains(name) || isOwn(name)) {
			throw new InvalidEntityException(name, "'" + name + "' in '" + this.property
					+ "' is a column that has a property of its own: set that one");
		}
		ColumnType type = type(value);
		if (type == null) {
			throw new InvalidEntityException(name,
					"'" + name + "' in '" + this.property + "' can't be a " + value.getClass().getName()
							+ ": use String, Integer, Long, Double, Boolean, Instant, UUID or byte[]");
		}
		type.writeStored(row.property(name), value);
	}

	private static @Nullable ColumnType type(Object value) {
		return (EdmType.of(value.getClass()) != null) ? ColumnType.of(value.getClass()) : null;
	}

}
