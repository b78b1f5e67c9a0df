package dev.reactiveazure.tables.mapping;

import java.lang.invoke.MethodHandle;

import dev.reactiveazure.tables.RowReader;
import dev.reactiveazure.tables.RowWriter;
import org.jspecify.annotations.Nullable;

/**
 * One column in a compiled codec.
 *
 * @param property the property's Java path
 * @param name the column's name
 * @param index the column's index in the codec
 * @param byName whether rows are told names instead of indexes
 * @param type how values are stored
 * @param getter reads the property, {@code (Object) -> Object}
 * @param slot where the value waits for its object
 * @param kind what the column is for
 */
record Column(String property, String name, int index, boolean byName, ColumnType type, MethodHandle getter, int slot,
		Kind kind) implements ColumnWriter {

	/** What a column is for. */
	enum Kind {

		/** Read and written. */
		DATA,

		/** Read only: a key, the time stamp, a property that is not written. */
		READ,

		/** Read only, and only where the column's present name is absent. */
		ALIAS,

		/** A piece of a value that is cut into several. */
		PIECE

	}

	void read(RowReader row, @Nullable Object[] slots) {
		if (this.kind == Kind.ALIAS && slots[this.slot] != null) {
			return;
		}
		slots[this.slot] = convert(this.type.readStored(row));
	}

	@Nullable Object convert(Object stored) {
		if (this.kind == Kind.PIECE) {
			return stored;
		}
		try {
			return this.type.fromStored().apply(stored);
		}
		catch (RuntimeException ex) {
			throw new IllegalStateException("property '" + this.name + "': " + ex.getMessage(), ex);
		}
	}

	@Override
	public void write(Object entity, RowWriter row) {
		Object value = Invoke.get(this.getter, entity);
		if (value != null) {
			this.type.write(begin(row), value);
		}
	}

	RowWriter begin(RowWriter row) {
		return this.byName ? row.property(this.name) : row.property(this.index);
	}

}
