package dev.reactiveazure.tables.mapping;

import java.util.List;

import dev.reactiveazure.tables.ETag;
import dev.reactiveazure.tables.RowWriter;
import dev.reactiveazure.tables.TableKey;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a codec knows about one class.
 *
 * @param <T> the class
 * @param type the class
 * @param columns the columns that are read
 * @param writers what writes its properties
 * @param root how an entity is made of slots
 * @param steps what is to do before
 * @param slotCount how many slots there are
 * @param partitionKey reads the partition key
 * @param rowKey reads the row key
 * @param keySlots where the keys' texts or values are, for messages
 * @param version the version
 * @param unmapped the columns that no property has
 */
record EntityPlan<T>(Class<T> type, List<Column> columns, ColumnWriter[] writers, ObjectPlan root, SlotStep[] steps,
		int slotCount, KeyReader partitionKey, KeyReader rowKey, int[] keySlots, @Nullable VersionColumn version,
		@Nullable UnmappedColumns unmapped) {

	TableKey key(Object entity) {
		return new TableKey(this.partitionKey.key(entity), this.rowKey.key(entity));
	}

	@Nullable ETag etag(Object entity) {
		return (this.version != null) ? this.version.get(entity) : null;
	}

	T withETag(T entity, ETag etag) {
		return (this.version != null) ? this.type.cast(this.version.set(entity, etag)) : entity;
	}

	void write(Object entity, RowWriter row) {
		for (ColumnWriter writer : this.writers) {
			writer.write(entity, row);
		}
	}

	/**
	 * Make an entity of what was read.
	 */
	T assemble(@Nullable Object[] slots, @Nullable ETag etag) {
		for (SlotStep step : this.steps) {
			step.apply(slots);
		}
		if (this.version != null && etag != null) {
			slots[this.version.slot()] = this.version.value(etag);
		}
		return this.type.cast(this.root.create(slots));
	}

	/**
	 * Return what went wrong with a row, with the row's key as far as it has been read.
	 */
	IllegalStateException unreadable(@Nullable Object[] slots, RuntimeException ex) {
		return new IllegalStateException(this.type.getSimpleName() + keys(slots) + ": " + ex.getMessage(), ex);
	}

	private String keys(@Nullable Object[] slots) {
		StringBuilder keys = new StringBuilder();
		for (int slot : this.keySlots) {
			if (slot >= 0 && slot < slots.length && slots[slot] != null) {
				keys.append(keys.isEmpty() ? " '" : ", '").append(slots[slot]).append("'");
			}
		}
		return keys.toString();
	}

}
