package dev.reactiveazure.tables;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;

import dev.reactiveazure.core.pipeline.Timestamps;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.sym.PropertyNameMatcher;

/**
 * A row whose properties the codec knows: values are read where they stand, and type
 * annotations passed over, for the codec says what each is.
 */
final class StreamedRow implements WireRow {

	private final JsonParser parser;

	private final RowFormat<?> format;

	private final ParserText text = new ParserText();

	private int current = END;

	private boolean ended;

	private JsonToken token = JsonToken.NOT_AVAILABLE;

	private @Nullable ETag etag;

	private boolean partitionKey;

	private boolean rowKey;

	StreamedRow(JsonParser parser, RowFormat<?> format) {
		this.parser = parser;
		this.format = format;
	}

	@Override
	public void begin() {
		this.ended = false;
		this.current = END;
		this.etag = null;
		this.partitionKey = false;
		this.rowKey = false;
	}

	@Override
	public boolean hasPartitionKey() {
		return this.partitionKey;
	}

	@Override
	public boolean hasRowKey() {
		return this.rowKey;
	}

	@Override
	public int next() {
		while (!this.ended) {
			int match = this.parser.nextNameMatch(this.format.matcher());
			if (match >= 0) {
				this.token = this.parser.nextToken();
				if (match == this.format.etagIndex()) {
					this.etag = ETag.of(this.parser.getString());
				}
				else if (this.token != JsonToken.VALUE_NULL) {
					this.current = match;
					this.partitionKey |= match == this.format.partitionKeyIndex();
					this.rowKey |= match == this.format.rowKeyIndex();
					return match;
				}
			}
			else if (match == PropertyNameMatcher.MATCH_UNKNOWN_NAME) {
				this.parser.nextToken();
				this.parser.skipChildren();
			}
			else {
				end(match);
			}
		}
		return END;
	}

	private void end(int match) {
		if (match != PropertyNameMatcher.MATCH_END_OBJECT) {
			throw new IllegalStateException(
					"a row breaks off behind " + ((this.current != END) ? "'" + name() + "'" : "its beginning"));
		}
		this.ended = true;
	}

	@Override
	public String name() {
		return this.format.name(this.current);
	}

	@Override
	public EdmType type() {
		throw new IllegalStateException("Only a codec that lists no properties is told their types");
	}

	@Override
	public String string() {
		if (this.token != JsonToken.VALUE_STRING) {
			throw mismatch(EdmType.STRING);
		}
		return this.parser.getString();
	}

	@Override
	public int int32() {
		if (this.token == JsonToken.VALUE_NUMBER_INT) {
			return this.parser.getIntValue();
		}
		long value = parseLong(EdmType.INT32);
		if (value != (int) value) {
			throw mismatch(EdmType.INT32);
		}
		return (int) value;
	}

	@Override
	public long int64() {
		return (this.token == JsonToken.VALUE_NUMBER_INT) ? this.parser.getLongValue() : parseLong(EdmType.INT64);
	}

	private long parseLong(EdmType expected) {
		CharSequence digits = text(expected);
		try {
			return Long.parseLong(digits, 0, digits.length(), 10);
		}
		catch (NumberFormatException ex) {
			throw mismatch(expected);
		}
	}

	@Override
	public double float64() {
		if (this.token == JsonToken.VALUE_NUMBER_FLOAT || this.token == JsonToken.VALUE_NUMBER_INT) {
			return this.parser.getDoubleValue();
		}
		try {
			return Double.parseDouble(text(EdmType.DOUBLE).toString());
		}
		catch (NumberFormatException ex) {
			throw mismatch(EdmType.DOUBLE);
		}
	}

	@Override
	public BigDecimal decimal() {
		if (this.token == JsonToken.VALUE_NUMBER_FLOAT || this.token == JsonToken.VALUE_NUMBER_INT) {
			return this.parser.getDecimalValue();
		}
		try {
			return new BigDecimal(text(EdmType.DOUBLE).toString());
		}
		catch (NumberFormatException ex) {
			throw mismatch(EdmType.DOUBLE);
		}
	}

	@Override
	public boolean bool() {
		if (this.token == JsonToken.VALUE_TRUE || this.token == JsonToken.VALUE_FALSE) {
			return this.token == JsonToken.VALUE_TRUE;
		}
		String value = text(EdmType.BOOLEAN).toString();
		if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
			throw mismatch(EdmType.BOOLEAN);
		}
		return value.equalsIgnoreCase("true");
	}

	@Override
	public Instant dateTime() {
		try {
			return Timestamps.parse(text(EdmType.DATE_TIME));
		}
		catch (DateTimeParseException ex) {
			throw mismatch(EdmType.DATE_TIME);
		}
	}

	@Override
	public UUID guid() {
		try {
			return EdmType.guid(text(EdmType.GUID));
		}
		catch (IllegalArgumentException ex) {
			throw mismatch(EdmType.GUID);
		}
	}

	@Override
	public byte[] binary() {
		if (this.token != JsonToken.VALUE_STRING) {
			throw mismatch(EdmType.BINARY);
		}
		return this.parser.getBinaryValue();
	}

	@Override
	public @Nullable ETag etag() {
		return this.etag;
	}

	private CharSequence text(EdmType expected) {
		if (this.token != JsonToken.VALUE_STRING) {
			throw mismatch(expected);
		}
		return this.text.of(this.parser);
	}

	private IllegalStateException mismatch(EdmType expected) {
		return new IllegalStateException("property '" + name() + "' is no " + expected.wireName() + " but "
				+ ((this.token == JsonToken.VALUE_STRING) ? "other text" : this.token));
	}

}
