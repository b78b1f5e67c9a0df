package dev.reactiveazure.tables.mapping;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.reactiveazure.tables.ETag;
import dev.reactiveazure.tables.EntityCodec;
import dev.reactiveazure.tables.RowReader;
import dev.reactiveazure.tables.RowWriter;
import dev.reactiveazure.tables.TableKey;
import org.jspecify.annotations.Nullable;

/**
 * Reads all columns of a row, those that no property has into a map, and writes them back
 * from there.
 *
 * @param <T> the mapped class
 */
final class OpenCodec<T> implements EntityCodec<T> {

	private final EntityPlan<T> plan;

	private final UnmappedColumns unmapped;

	private final Map<String, Column> columns = new HashMap<>();

	OpenCodec(EntityPlan<T> plan, UnmappedColumns unmapped) {
		this.plan = plan;
		this.unmapped = unmapped;
		plan.columns().forEach((column) -> this.columns.put(column.name(), column));
	}

	@Override
	public TableKey key(T entity) {
		return this.plan.key(entity);
	}

	@Override
	public @Nullable ETag etag(T entity) {
		return this.plan.etag(entity);
	}

	@Override
	public T withETag(T entity, ETag etag) {
		return this.plan.withETag(entity, etag);
	}

	@Override
	public List<String> properties() {
		return List.of();
	}

	@Override
	public void write(T entity, RowWriter row) {
		this.plan.write(entity, row);
		this.unmapped.write(entity, row, this.columns.keySet());
	}

	@Override
	public T read(RowReader row) {
		@Nullable Object[] slots = new @Nullable Object[this.plan.slotCount()];
		Map<String, Object> others = new LinkedHashMap<>();
		try {
			while (row.next() != RowReader.END) {
				Column column = this.columns.get(row.name());
				if (column != null) {
					column.read(row, slots);
				}
				else if (!UnmappedColumns.isOwn(row.name())) {
					others.put(row.name(), UnmappedColumns.value(row));
				}
			}
			slots[this.unmapped.slot()] = others;
			return this.plan.assemble(slots, row.etag());
		}
		catch (IllegalStateException | IllegalArgumentException | NullPointerException ex) {
			throw this.plan.unreadable(slots, ex);
		}
	}

}
