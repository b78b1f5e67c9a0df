package dev.reactiveazure.tables;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A row that is read from JSON.
 */
sealed interface WireRow extends RowReader permits StreamedRow, CollectedRow {

	/**
	 * Begin with the object at whose opening brace the parser is.
	 */
	void begin();

	/**
	 * Return whether the row had a partition key, as far as is known when it was read.
	 */
	boolean hasPartitionKey();

	/**
	 * Return whether the row had a row key, as far as is known when it was read.
	 */
	boolean hasRowKey();

	/**
	 * Read an object into an entity, and move the parser to its closing brace.
	 */
	default <T> T read(EntityCodec<T> codec) {
		begin();
		T entity = codec.read(this);
		int property = next();
		while (property != END) {
			property = next();
		}
		return entity;
	}

	/**
	 * Refuse anything but the end of the document.
	 */
	static void expectEnd(JsonParser parser) {
		if (parser.nextToken() != null) {
			throw new IllegalStateException("there is something behind the end of the JSON");
		}
	}

	static void expect(JsonToken expected, JsonToken found, String where) {
		if (found != expected) {
			throw new IllegalStateException(where + " should be " + expected + ", but is " + found);
		}
	}

}
