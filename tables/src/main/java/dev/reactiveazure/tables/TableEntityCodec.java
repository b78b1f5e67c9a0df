package dev.reactiveazure.tables;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Reads and writes rows whatever their properties.
 */
final class TableEntityCodec implements EntityCodec<TableEntity> {

	static final TableEntityCodec INSTANCE = new TableEntityCodec();

	private TableEntityCodec() {
	}

	@Override
	public TableKey key(TableEntity entity) {
		return entity.key();
	}

	@Override
	public @Nullable ETag etag(TableEntity entity) {
		return entity.etag();
	}

	@Override
	public TableEntity withETag(TableEntity entity, ETag etag) {
		return entity.withETag(etag);
	}

	@Override
	public List<String> properties() {
		return List.of();
	}

	@Override
	public void write(TableEntity entity, RowWriter row) {
		entity.properties().forEach((name, value) -> write(row.property(name), value));
	}

	private static void write(RowWriter row, Object value) {
		if (value instanceof String text) {
			row.string(text);
		}
		else if (value instanceof Integer number) {
			row.int32(number);
		}
		else if (value instanceof Long number) {
			row.int64(number);
		}
		else if (value instanceof Double number) {
			row.float64(number);
		}
		else if (value instanceof Boolean flag) {
			row.bool(flag);
		}
		else if (value instanceof Instant moment) {
			row.dateTime(moment);
		}
		else if (value instanceof UUID guid) {
			row.guid(guid);
		}
		else {
			row.binary((byte[]) value);
		}
	}

	@Override
	public TableEntity read(RowReader row) {
		// Rows of codecs without properties are collected, and hold what an entity does.
		return ((CollectedRow) row).entity();
	}

}
