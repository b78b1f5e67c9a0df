package dev.reactiveazure.tables.mapping;

import java.lang.invoke.MethodHandle;

import dev.reactiveazure.tables.InvalidEntityException;
import dev.reactiveazure.tables.RowReader;
import dev.reactiveazure.tables.RowWriter;
import org.jspecify.annotations.Nullable;

/**
 * One property in a compiled codec.
 *
 * @param property its Java name
 * @param name its stored name
 * @param type how it is stored
 * @param getter reads it, {@code (Object) -> Object}
 * @param setter writes it, {@code (Object, Object) -> void}; {@code null} where the
 * constructor takes it
 * @param slot where its value waits for the constructor or setter
 * @param written whether a write stores it
 */
record Column(String property, String name, ColumnType type, MethodHandle getter, @Nullable MethodHandle setter,
		int slot, boolean written) {

	@Nullable Object get(Object entity) {
		return Invoke.get(this.getter, entity);
	}

	Object read(RowReader row) {
		try {
			return this.type.read(row);
		}
		catch (IllegalStateException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new IllegalStateException("property '" + this.name + "': " + ex.getMessage(), ex);
		}
	}

	void write(Object entity, int index, RowWriter row) {
		Object value = get(entity);
		if (value != null) {
			this.type.write(row.property(index), value);
		}
	}

	String key(Object entity) {
		Object value = get(entity);
		if (value == null) {
			throw new InvalidEntityException(this.property, "Property '" + this.property + "' of "
					+ entity.getClass().getSimpleName() + " is the " + this.name + " and must not be null");
		}
		return this.type.toStored().apply(value).toString();
	}

}
