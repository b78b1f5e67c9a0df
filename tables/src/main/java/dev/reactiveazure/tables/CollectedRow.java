package dev.reactiveazure.tables;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.reactiveazure.core.pipeline.Timestamps;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A row whose properties are not known ahead: read as a whole before the first is handed
 * out, for a type may be told behind its value.
 */
final class CollectedRow implements WireRow {

	private static final String TYPE_SUFFIX = "@odata.type";

	private final JsonParser parser;

	private final List<String> names = new ArrayList<>();

	private final List<Object> values = new ArrayList<>();

	private final Map<String, EdmType> types = new HashMap<>();

	private int current = END;

	private @Nullable ETag etag;

	CollectedRow(JsonParser parser) {
		this.parser = parser;
	}

	@Override
	public void begin() {
		this.names.clear();
		this.values.clear();
		this.types.clear();
		this.current = END;
		this.etag = null;
		JsonToken token = this.parser.nextToken();
		while (token == JsonToken.PROPERTY_NAME) {
			collect(this.parser.currentName(), this.parser.nextToken());
			token = this.parser.nextToken();
		}
		WireRow.expect(JsonToken.END_OBJECT, token, "the end of a row");
	}

	private void collect(String name, JsonToken token) {
		if (name.indexOf('@') >= 0) {
			collectType(name);
			return;
		}
		if (name.startsWith("odata.")) {
			collectMetadata(name);
			return;
		}
		if (token != JsonToken.VALUE_NULL) {
			this.names.add(name);
			this.values.add(value(name, token));
		}
	}

	private void collectType(String name) {
		if (!name.endsWith(TYPE_SUFFIX)) {
			this.parser.skipChildren();
			return;
		}
		String property = name.substring(0, name.length() - TYPE_SUFFIX.length());
		EdmType type = EdmType.ofWireName(this.parser.getString());
		if (type == null) {
			throw new IllegalStateException("property '" + property + "' has an unknown type");
		}
		this.types.put(property, type);
	}

	private void collectMetadata(String name) {
		if (name.equals(RowFormat.ETAG)) {
			this.etag = ETag.of(this.parser.getString());
			return;
		}
		this.parser.skipChildren();
	}

	private Object value(String name, JsonToken token) {
		return switch (token) {
			case VALUE_STRING -> this.parser.getString();
			case VALUE_TRUE -> Boolean.TRUE;
			case VALUE_FALSE -> Boolean.FALSE;
			case VALUE_NUMBER_INT -> this.parser.getLongValue();
			case VALUE_NUMBER_FLOAT -> this.parser.getDoubleValue();
			default -> throw new IllegalStateException("property '" + name + "' has no simple value but " + token);
		};
	}

	@Override
	public int next() {
		if (this.current + 1 >= this.names.size()) {
			this.current = this.names.size();
			return END;
		}
		return ++this.current;
	}

	@Override
	public String name() {
		return this.names.get(this.current);
	}

	@Override
	public EdmType type() {
		EdmType declared = this.types.get(name());
		if (declared != null) {
			return declared;
		}
		if (name().equals("Timestamp")) {
			return EdmType.DATE_TIME;
		}
		Object value = this.values.get(this.current);
		if (value instanceof Long number) {
			return (number == number.intValue()) ? EdmType.INT32 : EdmType.INT64;
		}
		return (value instanceof Double) ? EdmType.DOUBLE
				: (value instanceof Boolean) ? EdmType.BOOLEAN : EdmType.STRING;
	}

	@Override
	public String string() {
		return convert(EdmType.STRING, (text) -> text);
	}

	@Override
	public int int32() {
		long value = int64();
		if (value != (int) value) {
			throw mismatch(EdmType.INT32, null);
		}
		return (int) value;
	}

	@Override
	public long int64() {
		return (value() instanceof Long number) ? number : convert(EdmType.INT64, Long::valueOf);
	}

	@Override
	public double float64() {
		return (value() instanceof Number number) ? number.doubleValue() : convert(EdmType.DOUBLE, Double::valueOf);
	}

	@Override
	public boolean bool() {
		if (value() instanceof Boolean value) {
			return value;
		}
		String text = string();
		if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
			throw mismatch(EdmType.BOOLEAN, null);
		}
		return text.equalsIgnoreCase("true");
	}

	@Override
	public Instant dateTime() {
		return convert(EdmType.DATE_TIME, Timestamps::parse);
	}

	@Override
	public UUID guid() {
		return convert(EdmType.GUID, UUID::fromString);
	}

	@Override
	public byte[] binary() {
		return convert(EdmType.BINARY, (text) -> Base64.getDecoder().decode(text));
	}

	@Override
	public @Nullable ETag etag() {
		return this.etag;
	}

	private Object value() {
		return this.values.get(this.current);
	}

	private <R> R convert(EdmType expected, TextConversion<R> conversion) {
		if (!(value() instanceof String text)) {
			throw mismatch(expected, null);
		}
		try {
			return conversion.convert(text);
		}
		catch (RuntimeException ex) {
			throw mismatch(expected, ex);
		}
	}

	private IllegalStateException mismatch(EdmType expected, @Nullable RuntimeException cause) {
		return new IllegalStateException("property '" + name() + "' is no " + expected.wireName(), cause);
	}

	@FunctionalInterface
	private interface TextConversion<R> {

		R convert(String text);

	}

}
