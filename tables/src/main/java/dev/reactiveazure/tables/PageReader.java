package dev.reactiveazure.tables;

import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.core.pipeline.Answer;
import dev.reactiveazure.core.pipeline.AnswerReader;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a page of entities and where the next one begins. A row without a key that it
 * should have is refused: it must not pass for the row of the empty key.
 *
 * @param <T> the entities' type
 * @param format reads rows
 * @param partitionKey whether each row must have a partition key
 * @param rowKey whether each row must have a row key
 */
record PageReader<T>(RowFormat<T> format, boolean partitionKey,
		boolean rowKey) implements AnswerReader<PageFlux.Page<T>> {

	/**
	 * Return a reader of what a query selects.
	 * @param select the names of properties; empty for all
	 */
	static <T> PageReader<T> of(RowFormat<T> format, List<String> select) {
		return new PageReader<>(format, isExpected(EntityLimits.PARTITION_KEY, format, select),
				isExpected(EntityLimits.ROW_KEY, format, select));
	}

	private static boolean isExpected(String key, RowFormat<?> format, List<String> select) {
		return format.reads(key) && (select.isEmpty() || select.contains(key));
	}

	@Override
	public PageFlux.Page<T> read(Answer answer) {
		return new PageFlux.Page<>(items(answer.bytes(), answer.length()), Continuation.of(answer));
	}

	List<T> items(byte[] bytes, int length) {
		try (JsonParser parser = this.format.parser(bytes, length)) {
			WireRow.expect(JsonToken.START_OBJECT, parser.nextToken(), "the page");
			List<T> items = null;
			JsonToken token = parser.nextToken();
			while (token == JsonToken.PROPERTY_NAME) {
				boolean rows = parser.currentName().equals("value");
				parser.nextToken();
				if (rows) {
					items = rows(parser);
				}
				else {
					parser.skipChildren();
				}
				token = parser.nextToken();
			}
			WireRow.expect(JsonToken.END_OBJECT, token, "the end of the page");
			WireRow.expectEnd(parser);
			if (items == null) {
				throw new IllegalStateException("the page has no 'value'");
			}
			return items;
		}
	}

	private List<T> rows(JsonParser parser) {
		WireRow.expect(JsonToken.START_ARRAY, parser.currentToken(), "'value'");
		List<T> items = new ArrayList<>();
		WireRow row = this.format.row(parser);
		JsonToken token = parser.nextToken();
		while (token == JsonToken.START_OBJECT) {
			items.add(row.read(this.format.codec()));
			requireKeys(row);
			token = parser.nextToken();
		}
		WireRow.expect(JsonToken.END_ARRAY, token, "the end of 'value'");
		return items;
	}

	private void requireKeys(WireRow row) {
		if (this.partitionKey && !row.hasPartitionKey()) {
			throw new IllegalStateException("a row has no " + EntityLimits.PARTITION_KEY);
		}
		if (this.rowKey && !row.hasRowKey()) {
			throw new IllegalStateException("a row has no " + EntityLimits.ROW_KEY);
		}
	}

}
