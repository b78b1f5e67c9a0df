package dev.reactiveazure.tables;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
		String partitionKey = "";
		String rowKey = "";
		Instant timestamp = null;
		Map<String, Object> properties = new LinkedHashMap<>();
		while (row.next() != RowReader.END) {
			switch (row.name()) {
				case "PartitionKey" -> partitionKey = row.string();
				case "RowKey" -> rowKey = row.string();
				case "Timestamp" -> timestamp = row.dateTime();
				default -> properties.put(row.name(), value(row));
			}
		}
		return new TableEntity(TableKey.of(partitionKey, rowKey), Collections.unmodifiableMap(properties), row.etag(),
				timestamp);
	}

	private static Object value(RowReader row) {
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

}
