package dev.reactiveazure.tables;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

import dev.reactiveazure.core.pipeline.Timestamps;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A row whose properties are not known ahead: read as a whole before the first is handed
 * out, for a type may be told behind its value.
 * <p>
 * A value becomes what its type says where it stands, so that no text is made of it
 * first. Names are the parser's own, the same strings in every row.
 */
final class CollectedRow implements WireRow {

	private static final int INITIAL_CAPACITY = 24;

	private static final String[] NO_NAMES = {};

	private final JsonParser parser;

	private final ParserText text = new ParserText();

	private final TypeAnnotations types = new TypeAnnotations();

	private String[] names = new String[INITIAL_CAPACITY];

	private Object[] values = new Object[INITIAL_CAPACITY];

	private int size;

	private int current = END;

	private @Nullable ETag etag;

	private String[] entityNames = NO_NAMES;

	CollectedRow(JsonParser parser) {
		this.parser = parser;
	}

	@Override
	public void begin() {
		this.size = 0;
		this.types.clear();
		this.current = END;
		this.etag = null;
		JsonToken token = this.parser.nextToken();
		while (token == JsonToken.PROPERTY_NAME) {
			collect(this.parser.currentName(), this.parser.nextToken());
			token = this.parser.nextToken();
		}
		WireRow.expect(JsonToken.END_OBJECT, token, "the end of a row");
		applyLateTypes();
	}

	@Override
	public boolean hasPartitionKey() {
		return has(EntityLimits.PARTITION_KEY);
	}

	@Override
	public boolean hasRowKey() {
		return has(EntityLimits.ROW_KEY);
	}

	private boolean has(String property) {
		for (int i = 0; i < this.size; i++) {
			if (this.names[i].equals(property)) {
				return true;
			}
		}
		return false;
	}

	private void collect(String name, JsonToken token) {
		if (name.indexOf('@') >= 0) {
			collectType(name, token);
			return;
		}
		if (name.startsWith("odata.")) {
			collectMetadata(name);
			return;
		}
		if (token != JsonToken.VALUE_NULL) {
			add(name, value(name, token));
		}
	}

	private void collectType(String name, JsonToken token) {
		if (!TypeAnnotations.isAnnotation(name)) {
			this.parser.skipChildren();
			return;
		}
		EdmType type = (token == JsonToken.VALUE_STRING) ? EdmType.ofWireName(this.text.of(this.parser)) : null;
		if (type == null) {
			throw new IllegalStateException("property '" + TypeAnnotations.property(name) + "' has an unknown type");
		}
		this.types.add(name, type);
	}

	private void collectMetadata(String name) {
		if (name.equals(RowFormat.ETAG)) {
			this.etag = ETag.of(this.parser.getString());
			return;
		}
		this.parser.skipChildren();
	}

	private Object value(String name, JsonToken token) {
		EdmType declared = this.types.take(name);
		if (declared == null && name.equals("Timestamp")) {
			declared = EdmType.DATE_TIME;
		}
		if (token == JsonToken.VALUE_STRING) {
			return (declared != null) ? parse(name, this.text.of(this.parser), declared) : this.parser.getString();
		}
		Object value = switch (token) {
			case VALUE_TRUE -> Boolean.TRUE;
			case VALUE_FALSE -> Boolean.FALSE;
			case VALUE_NUMBER_INT -> integer();
			case VALUE_NUMBER_FLOAT -> this.parser.getDoubleValue();
			default -> throw new IllegalStateException("property '" + name + "' has no simple value but " + token);
		};
		return (declared != null) ? convert(name, value, declared) : value;
	}

	/**
	 * A Double that is whole may come without fraction and type; beyond 64 bits it can be
	 * nothing else.
	 */
	private Object integer() {
		return (this.parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER)
				? (Object) this.parser.getDoubleValue() : number(this.parser.getLongValue());
	}

	private static Object number(long value) {
		if (value == (int) value) {
			return (int) value;
		}
		return value;
	}

	private void add(String name, Object value) {
		if (this.size == this.names.length) {
			this.names = Arrays.copyOf(this.names, this.size * 2);
			this.values = Arrays.copyOf(this.values, this.size * 2);
		}
		this.names[this.size] = name;
		this.values[this.size++] = value;
	}

	private void applyLateTypes() {
		for (int i = 0; i < this.size && !this.types.isEmpty(); i++) {
			EdmType type = this.types.take(this.names[i]);
			if (type != null) {
				this.values[i] = convert(this.names[i], this.values[i], type);
			}
		}
	}

	/**
	 * Return the row as an entity.
	 */
	TableEntity entity() {
		String partitionKey = "";
		String rowKey = "";
		Instant timestamp = null;
		Object[] properties = new Object[this.size - countOwn()];
		// The rows of a page mostly have the same properties: 80 B less for each.
		String[] propertyNames = (this.entityNames.length == properties.length) ? this.entityNames
				: new String[properties.length];
		int count = 0;
		while (next() != END) {
			switch (name()) {
				case EntityLimits.PARTITION_KEY -> partitionKey = string();
				case EntityLimits.ROW_KEY -> rowKey = string();
				case "Timestamp" -> timestamp = dateTime();
				default -> {
					if (!name().equals(propertyNames[count])) {
						propertyNames = (propertyNames == this.entityNames) ? propertyNames.clone() : propertyNames;
						propertyNames[count] = name();
					}
					properties[count++] = value();
				}
			}
		}
		this.entityNames = propertyNames;
		return new TableEntity(TableKey.of(partitionKey, rowKey), new PropertyMap(propertyNames, properties), this.etag,
				timestamp);
	}

	private int countOwn() {
		int own = 0;
		for (int i = 0; i < this.size; i++) {
			own += EntityLimits.isOwnProperty(this.names[i]) ? 1 : 0;
		}
		return own;
	}

	@Override
	public int next() {
		if (this.current + 1 >= this.size) {
			this.current = this.size;
			return END;
		}
		return ++this.current;
	}

	@Override
	public String name() {
		return this.names[this.current];
	}

	@Override
	public EdmType type() {
		EdmType type = EdmType.of(value().getClass());
		return (type != null) ? type : EdmType.STRING;
	}

	@Override
	public String string() {
		Object value = value();
		return switch (type()) {
			case STRING, INT64, GUID -> value.toString();
			case DATE_TIME -> Timestamps.format((Instant) value);
			case BINARY -> Base64.getEncoder().encodeToString((byte[]) value);
			default -> throw mismatch(name(), EdmType.STRING, null);
		};
	}

	@Override
	public int int32() {
		Object value = value();
		return (Integer) convert(name(), (value instanceof Long number) ? number(number) : value, EdmType.INT32);
	}

	@Override
	public long int64() {
		return (Long) convert(name(), value(), EdmType.INT64);
	}

	@Override
	public double float64() {
		return (Double) convert(name(), value(), EdmType.DOUBLE);
	}

	@Override
	public BigDecimal decimal() {
		Object value = value();
		if (!(value instanceof Number) && !(value instanceof String)) {
			throw mismatch(name(), EdmType.DOUBLE, null);
		}
		try {
			return new BigDecimal(value.toString());
		}
		catch (NumberFormatException ex) {
			throw mismatch(name(), EdmType.DOUBLE, ex);
		}
	}

	@Override
	public boolean bool() {
		return (Boolean) convert(name(), value(), EdmType.BOOLEAN);
	}

	@Override
	public Instant dateTime() {
		return (Instant) convert(name(), value(), EdmType.DATE_TIME);
	}

	@Override
	public UUID guid() {
		return (UUID) convert(name(), value(), EdmType.GUID);
	}

	@Override
	public byte[] binary() {
		return (byte[]) convert(name(), value(), EdmType.BINARY);
	}

	@Override
	public @Nullable ETag etag() {
		return this.etag;
	}

	private Object value() {
		return this.values[this.current];
	}

	private static Object convert(String name, Object value, EdmType type) {
		if (type.javaType().isInstance(value)) {
			return value;
		}
		if (value instanceof String text) {
			return parse(name, text, type);
		}
		if (value instanceof Integer number && type == EdmType.INT64) {
			return number.longValue();
		}
		if (value instanceof Number number && type == EdmType.DOUBLE) {
			return number.doubleValue();
		}
		throw mismatch(name, type, null);
	}

	private static Object parse(String name, CharSequence text, EdmType type) {
		try {
			return type.parse(text);
		}
		catch (RuntimeException ex) {
			throw mismatch(name, type, ex);
		}
	}

	private static IllegalStateException mismatch(String name, EdmType expected, @Nullable RuntimeException cause) {
		return new IllegalStateException("property '" + name + "' is no " + expected.wireName(), cause);
	}

}
