package dev.reactiveazure.tables;

import java.time.Instant;
import java.util.UUID;

import dev.reactiveazure.core.pipeline.JsonWriter;
import dev.reactiveazure.core.pipeline.JsonWriter.Name;
import org.jspecify.annotations.Nullable;

/**
 * Writes one row as JSON, and keeps count of what the service limits.
 */
final class RowOutput implements RowWriter {

	private static final Name PARTITION_KEY = Name.of("PartitionKey");

	private static final Name ROW_KEY = Name.of("RowKey");

	private final RowFormat<?> format;

	private final JsonWriter out;

	private int index = -1;

	private @Nullable String name;

	private int properties;

	private int size;

	RowOutput(RowFormat<?> format, JsonWriter out) {
		this.format = format;
		this.out = out;
	}

	void begin(TableKey key) {
		this.out.beginObject();
		this.out.name(PARTITION_KEY).value(key.partitionKey());
		this.out.name(ROW_KEY).value(key.rowKey());
		this.size = 4 + 2 * (key.partitionKey().length() + key.rowKey().length());
	}

	void end() {
		this.out.endObject();
	}

	@Override
	public RowWriter property(int index) {
		this.index = index;
		this.name = null;
		return this;
	}

	@Override
	public RowWriter property(String name) {
		EntityLimits.checkPropertyName(name);
		this.index = -1;
		this.name = name;
		return this;
	}

	@Override
	public void string(String value) {
		EntityLimits.checkString(name(), value);
		value(2 * value.length() + 4).value(value);
	}

	@Override
	public void int32(int value) {
		value(4).value(value);
	}

	@Override
	public void int64(long value) {
		annotated(EdmType.INT64, 8).quotedLong(value);
	}

	@Override
	public void float64(double value) {
		if (!Double.isFinite(value)) {
			annotated(EdmType.DOUBLE, 8).plainText(Double.toString(value));
		}
		else if (value == Math.rint(value)) {
			// What reads JSON numbers as JavaScript does would take 5.0 for an integer.
			annotated(EdmType.DOUBLE, 8).value(value);
		}
		else {
			value(8).value(value);
		}
	}

	@Override
	public void bool(boolean value) {
		value(1).value(value);
	}

	@Override
	public void dateTime(Instant value) {
		EntityLimits.checkDateTime(name(), value);
		annotated(EdmType.DATE_TIME, 8).timestamp(value.getEpochSecond(), value.getNano());
	}

	@Override
	public void guid(UUID value) {
		annotated(EdmType.GUID, 16).guid(value);
	}

	@Override
	public void binary(byte[] value) {
		EntityLimits.checkBinary(name(), value);
		annotated(EdmType.BINARY, value.length + 4).base64(value);
	}

	private String name() {
		return (this.name != null) ? this.name : this.format.name(this.index);
	}

	private JsonWriter annotated(EdmType type, int valueSize) {
		JsonWriter annotation = (this.name != null) ? this.out.name(this.name, TypeAnnotations.SUFFIX)
				: this.out.name(this.format.annotationName(this.index));
		annotation.plainText(type.wireName());
		return value(valueSize);
	}

	private JsonWriter value(int valueSize) {
		String property = name();
		this.size += 8 + 2 * property.length() + valueSize;
		this.properties++;
		if (this.properties > EntityLimits.MAX_PROPERTIES) {
			throw new InvalidEntityException(property,
					"Property '" + property + "' is one too many: an entity has at most 252 besides its key");
		}
		if (this.size > EntityLimits.MAX_ENTITY_SIZE) {
			throw new InvalidEntityException(property,
					"Property '" + property + "' makes the entity larger than 1 MiB");
		}
		return (this.name != null) ? this.out.name(this.name) : this.out.name(this.format.encodedName(this.index));
	}

}
