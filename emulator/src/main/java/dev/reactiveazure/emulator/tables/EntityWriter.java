package dev.reactiveazure.emulator.tables;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes entities, tables and errors as JSON.
 */
final class EntityWriter {

	private final JsonFactory json;

	EntityWriter(JsonFactory json) {
		this.json = json;
	}

	byte[] entity(StoredEntity entity, View view) {
		return write((out) -> {
			out.writeStartObject();
			metadata(out, view, view.metadataUrl(true));
			writeEntity(out, entity, view);
			out.writeEndObject();
		});
	}

	byte[] entities(List<StoredEntity> entities, View view) {
		return write((out) -> {
			out.writeStartObject();
			metadata(out, view, view.metadataUrl(false));
			out.writeName("value");
			out.writeStartArray();
			for (StoredEntity entity : entities) {
				out.writeStartObject();
				writeEntity(out, entity, view);
				out.writeEndObject();
			}
			out.writeEndArray();
			out.writeEndObject();
		});
	}

	byte[] table(String name, View view) {
		return write((out) -> {
			out.writeStartObject();
			metadata(out, view, view.metadataUrl(true));
			writeTable(out, name, view);
			out.writeEndObject();
		});
	}

	byte[] tables(List<String> names, View view) {
		return write((out) -> {
			out.writeStartObject();
			metadata(out, view, view.metadataUrl(false));
			out.writeName("value");
			out.writeStartArray();
			for (String name : names) {
				out.writeStartObject();
				writeTable(out, name, view);
				out.writeEndObject();
			}
			out.writeEndArray();
			out.writeEndObject();
		});
	}

	byte[] error(String code, String text) {
		return write((out) -> {
			out.writeStartObject();
			out.writeName("odata.error");
			out.writeStartObject();
			out.writeStringProperty("code", code);
			out.writeName("message");
			out.writeStartObject();
			out.writeStringProperty("lang", "en-US");
			out.writeStringProperty("value", text);
			out.writeEndObject();
			out.writeEndObject();
			out.writeEndObject();
		});
	}

	private byte[] write(Consumer<JsonGenerator> content) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
		try (JsonGenerator out = this.json.createGenerator(ObjectWriteContext.empty(), bytes)) {
			content.accept(out);
		}
		return bytes.toByteArray();
	}

	private static void metadata(JsonGenerator out, View view, String url) {
		if (view.level() != MetadataLevel.NONE) {
			out.writeStringProperty("odata.metadata", url);
		}
	}

	private static void writeTable(JsonGenerator out, String name, View view) {
		if (view.level() == MetadataLevel.FULL) {
			String link = "Tables('" + name + "')";
			out.writeStringProperty("odata.type", view.account() + ".Tables");
			out.writeStringProperty("odata.id", view.base() + "/" + link);
			out.writeStringProperty("odata.editLink", link);
		}
		out.writeStringProperty("TableName", name);
	}

	private static void writeEntity(JsonGenerator out, StoredEntity entity, View view) {
		if (view.level() == MetadataLevel.FULL) {
			String link = Address.entityPath(view.resource(), entity.key());
			out.writeStringProperty("odata.type", view.account() + "." + view.resource());
			out.writeStringProperty("odata.id", view.base() + "/" + link);
			out.writeStringProperty("odata.etag", entity.etag());
			out.writeStringProperty("odata.editLink", link);
		}
		if (view.level() == MetadataLevel.MINIMAL) {
			out.writeStringProperty("odata.etag", entity.etag());
		}
		if (view.select().isEmpty()) {
			writeAll(out, entity, view);
			return;
		}
		for (String name : view.select()) {
			writeProperty(out, name, entity.property(name), view);
		}
	}

	private static void writeAll(JsonGenerator out, StoredEntity entity, View view) {
		for (String name : List.of("PartitionKey", "RowKey", "Timestamp")) {
			writeProperty(out, name, entity.property(name), view);
		}
		for (Map.Entry<String, EdmValue> property : entity.properties().entrySet()) {
			writeProperty(out, property.getKey(), property.getValue(), view);
		}
	}

	private static void writeProperty(JsonGenerator out, String name, @Nullable EdmValue value, View view) {
		if (value == null) {
			// The real service answers a selected property that the entity lacks with
			// null.
			out.writeNullProperty(name);
			return;
		}
		if (annotated(name, value, view.level())) {
			out.writeStringProperty(name + "@odata.type", value.type().wireName());
		}
		switch (value.type()) {
			case INT32 -> out.writeNumberProperty(name, (Integer) value.value());
			case BOOLEAN -> out.writeBooleanProperty(name, (Boolean) value.value());
			case DOUBLE -> writeDouble(out, name, (Double) value.value());
			default -> out.writeStringProperty(name, value.text());
		}
	}

	private static void writeDouble(JsonGenerator out, String name, double value) {
		if (Double.isFinite(value)) {
			out.writeNumberProperty(name, value);
			return;
		}
		out.writeStringProperty(name, Double.toString(value));
	}

	private static boolean annotated(String name, EdmValue value, MetadataLevel level) {
		if (level == MetadataLevel.NONE) {
			return false;
		}
		return switch (value.type()) {
			case INT64, GUID, BINARY -> true;
			case DATE_TIME -> !name.equals("Timestamp") || level == MetadataLevel.FULL;
			case DOUBLE -> !Double.isFinite((Double) value.value());
			case STRING, INT32, BOOLEAN -> false;
		};
	}

	/**
	 * How a request wants to see a resource.
	 *
	 * @param level how much metadata
	 * @param base the address of the account without a slash at the end
	 * @param account the account name
	 * @param resource the table, or {@code Tables}
	 * @param select the selected properties, empty for all
	 */
	record View(MetadataLevel level, String base, String account, String resource, List<String> select) {

		String metadataUrl(boolean single) {
			String selection = this.select.isEmpty() ? "" : "&$select=" + String.join(",", this.select);
			return this.base + "/$metadata#" + this.resource + (single ? "/@Element" : "") + selection;
		}

	}

}
