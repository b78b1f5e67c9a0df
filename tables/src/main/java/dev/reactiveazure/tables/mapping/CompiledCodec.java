package dev.reactiveazure.tables.mapping;

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

	private final EntityPlan<T> plan;

	private final Column[] columns;

	private final List<String> names;

	CompiledCodec(EntityPlan<T> plan) {
		this.plan = plan;
		this.columns = plan.columns().toArray(Column[]::new);
		this.names = plan.columns().stream().map(Column::name).toList();
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
		return this.names;
	}

	@Override
	public void write(T entity, RowWriter row) {
		this.plan.write(entity, row);
	}

	@Override
	public T read(RowReader row) {
		@Nullable Object[] slots = new @Nullable Object[this.plan.slotCount()];
		try {
			int index = row.next();
			while (index != RowReader.END) {
				this.columns[index].read(row, slots);
				index = row.next();
			}
			return this.plan.assemble(slots, row.etag());
		}
		catch (IllegalStateException | IllegalArgumentException | NullPointerException ex) {
			throw this.plan.unreadable(slots, ex);
		}
	}

}
