package dev.reactiveazure.tables.mapping;

import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;

import dev.reactiveazure.tables.ETag;
import dev.reactiveazure.tables.EntityCodec;
import dev.reactiveazure.tables.RowReader;
import dev.reactiveazure.tables.RowWriter;
import dev.reactiveazure.tables.TableKey;
import org.jspecify.annotations.Nullable;

/**
 * Reads a mapped class's constructor arguments straight off the row, and writes its
 * properties straight onto it.
 *
 * @param <T> the mapped class
 */
final class CompiledCodec<T> implements EntityCodec<T> {

	private final Class<T> type;

	private final Column[] columns;

	private final List<String> names;

	private final Column partitionKey;

	private final Column rowKey;

	private final @Nullable VersionColumn version;

	private final MethodHandle constructor;

	private final int argumentCount;

	private final @Nullable Object[] absent;

	private final int[] carriers;

	/**
	 * Create the codec.
	 * @param type the mapped class
	 * @param columns its columns, keys included
	 * @param version its version
	 * @param constructor {@code (Object[]) -> Object}, of the first slots
	 * @param argumentCount how many slots the constructor takes
	 * @param absent a value for each slot that is not in a row
	 */
	CompiledCodec(Class<T> type, List<Column> columns, @Nullable VersionColumn version, MethodHandle constructor,
			int argumentCount, @Nullable Object[] absent) {
		this.type = type;
		this.columns = columns.toArray(Column[]::new);
		this.names = columns.stream().map(Column::name).toList();
		this.partitionKey = this.columns[this.names.indexOf("PartitionKey")];
		this.rowKey = this.columns[this.names.indexOf("RowKey")];
		this.version = version;
		this.constructor = constructor;
		this.argumentCount = argumentCount;
		this.absent = absent;
		this.carriers = carriers();
	}

	private int[] carriers() {
		int[] bySlot = new int[this.argumentCount];
		Arrays.fill(bySlot, -1);
		for (int i = 0; i < this.columns.length; i++) {
			if (this.columns[i].slot() < this.argumentCount) {
				bySlot[this.columns[i].slot()] = i;
			}
		}
		return bySlot;
	}

	@Override
	public TableKey key(T entity) {
		return new TableKey(this.partitionKey.key(entity), this.rowKey.key(entity));
	}

	@Override
	public @Nullable ETag etag(T entity) {
		return (this.version != null) ? this.version.get(entity) : null;
	}

	@Override
	public T withETag(T entity, ETag etag) {
		if (this.version == null) {
			return entity;
		}
		if (this.version.setter() != null) {
			Invoke.set(this.version.setter(), entity, this.version.value(etag));
			return entity;
		}
		return copy(entity, this.version, etag);
	}

	private T copy(T entity, VersionColumn version, ETag etag) {
		@Nullable Object[] slots = this.absent.clone();
		for (int slot = 0; slot < this.argumentCount; slot++) {
			if (this.carriers[slot] >= 0) {
				slots[slot] = this.columns[this.carriers[slot]].get(entity);
			}
		}
		slots[version.slot()] = version.value(etag);
		T copy = create(slots);
		for (Column column : this.columns) {
			if (column.setter() != null) {
				Invoke.set(column.setter(), copy, column.get(entity));
			}
		}
		return copy;
	}

	@Override
	public List<String> properties() {
		return this.names;
	}

	@Override
	public void write(T entity, RowWriter row) {
		for (int i = 0; i < this.columns.length; i++) {
			if (this.columns[i].written()) {
				this.columns[i].write(entity, i, row);
			}
		}
	}

	@Override
	public T read(RowReader row) {
		@Nullable Object[] slots = this.absent.clone();
		int index = row.next();
		while (index != RowReader.END) {
			Column column = this.columns[index];
			slots[column.slot()] = column.read(row);
			index = row.next();
		}
		ETag etag = row.etag();
		if (this.version != null && etag != null) {
			slots[this.version.slot()] = this.version.value(etag);
		}
		return populate(create(slots), slots);
	}

	private T create(@Nullable Object[] slots) {
		@Nullable Object[] arguments = (slots.length == this.argumentCount) ? slots : Arrays.copyOf(slots, this.argumentCount);
		return this.type.cast(Invoke.create(this.constructor, arguments));
	}

	private T populate(T entity, @Nullable Object[] slots) {
		if (slots.length == this.argumentCount) {
			return entity;
		}
		for (Column column : this.columns) {
			if (column.setter() != null && slots[column.slot()] != null) {
				Invoke.set(column.setter(), entity, slots[column.slot()]);
			}
		}
		if (this.version != null && this.version.setter() != null && slots[this.version.slot()] != null) {
			Invoke.set(this.version.setter(), entity, slots[this.version.slot()]);
		}
		return entity;
	}

	/**
	 * The property that holds the version.
	 */
	record VersionColumn(MethodHandle getter, @Nullable MethodHandle setter, int slot, boolean text) {

		@Nullable ETag get(Object entity) {
			Object value = Invoke.get(this.getter, entity);
			if (value instanceof String text) {
				return text.isEmpty() ? null : new ETag(text);
			}
			return (ETag) value;
		}

		Object value(ETag etag) {
			return this.text ? etag.value() : etag;
		}

	}

}
