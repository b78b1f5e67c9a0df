package dev.reactiveazure.tables.mapping;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.reactiveazure.tables.ETag;
import dev.reactiveazure.tables.EntityCodec;
import dev.reactiveazure.tables.InvalidEntityException;
import dev.reactiveazure.tables.RowReader;
import dev.reactiveazure.tables.RowWriter;
import dev.reactiveazure.tables.TableKey;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the classes that inherit from one. A row's values wait until the
 * column has come that says which class they are of.
 *
 * @param <T> the class that they inherit from
 */
final class DiscriminatedCodec<T> implements EntityCodec<T> {

	private final Class<T> type;

	private final List<String> names;

	private final int discriminator;

	private final Column[] columns;

	private final Map<String, EntityPlan<? extends T>> byValue;

	private final Map<Class<?>, EntityPlan<? extends T>> byClass = new HashMap<>();

	/**
	 * Create the codec.
	 * @param type the class that they inherit from
	 * @param names the names of all their columns
	 * @param discriminator the name of the column that tells them apart
	 * @param plans the classes by what that column holds
	 */
	DiscriminatedCodec(Class<T> type, List<String> names, String discriminator,
			Map<String, EntityPlan<? extends T>> plans) {
		this.type = type;
		this.names = List.copyOf(names);
		this.discriminator = names.indexOf(discriminator);
		this.columns = new Column[names.size()];
		this.byValue = new LinkedHashMap<>(plans);
		for (EntityPlan<? extends T> plan : plans.values()) {
			this.byClass.put(plan.type(), plan);
			plan.columns().forEach((column) -> this.columns[column.index()] = column);
		}
	}

	@Override
	public TableKey key(T entity) {
		return planOf(entity).key(entity);
	}

	@Override
	public @Nullable ETag etag(T entity) {
		return planOf(entity).etag(entity);
	}

	@Override
	@SuppressWarnings("unchecked")
	public T withETag(T entity, ETag etag) {
		return ((EntityPlan<T>) planOf(entity)).withETag(entity, etag);
	}

	@Override
	public List<String> properties() {
		return this.names;
	}

	@Override
	public void write(T entity, RowWriter row) {
		planOf(entity).write(entity, row);
	}

	private EntityPlan<? extends T> planOf(T entity) {
		EntityPlan<? extends T> plan = this.byClass.get(entity.getClass());
		if (plan == null) {
			throw new InvalidEntityException(entity.getClass().getName(), entity.getClass().getName()
					+ " is none of the classes that are stored as " + this.type.getSimpleName());
		}
		return plan;
	}

	@Override
	public T read(RowReader row) {
		@Nullable Object[] stored = new @Nullable Object[this.columns.length];
		int index = row.next();
		while (index != RowReader.END) {
			stored[index] = this.columns[index].type().readStored(row);
			index = row.next();
		}
		Object value = stored[this.discriminator];
		EntityPlan<? extends T> plan = (value instanceof String text) ? this.byValue.get(text) : null;
		if (plan == null) {
			throw new IllegalStateException(this.type.getSimpleName() + ": the column '"
					+ this.names.get(this.discriminator) + "' is " + ((value != null) ? "'" + value + "'" : "absent")
					+ " and must be one of " + this.byValue.keySet());
		}
		return read(plan, stored, row.etag());
	}

	private T read(EntityPlan<? extends T> plan, @Nullable Object[] stored, @Nullable ETag etag) {
		@Nullable Object[] slots = new @Nullable Object[plan.slotCount()];
		try {
			for (Column column : plan.columns()) {
				Object value = stored[column.index()];
				if (value != null && (column.kind() != Column.Kind.ALIAS || slots[column.slot()] == null)) {
					slots[column.slot()] = column.convert(value);
				}
			}
			return plan.assemble(slots, etag);
		}
		catch (IllegalStateException | IllegalArgumentException | NullPointerException ex) {
			throw plan.unreadable(slots, ex);
		}
	}

}
