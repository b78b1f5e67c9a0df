package dev.reactiveazure.tables;

import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.core.pipeline.Answer;
import dev.reactiveazure.core.pipeline.AnswerReader;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a page of entities and where the next one begins.
 *
 * @param <T> the entities' type
 */
record PageReader<T>(RowFormat<T> format) implements AnswerReader<PageFlux.Page<T>> {

	@Override
	public PageFlux.Page<T> read(Answer answer) {
		try (JsonParser parser = this.format.parser(answer.bytes(), answer.length())) {
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
			return new PageFlux.Page<>(items, Continuation.of(answer));
		}
	}

	private List<T> rows(JsonParser parser) {
		WireRow.expect(JsonToken.START_ARRAY, parser.currentToken(), "'value'");
		List<T> items = new ArrayList<>();
		WireRow row = this.format.row(parser);
		JsonToken token = parser.nextToken();
		while (token == JsonToken.START_OBJECT) {
			items.add(row.read(this.format.codec()));
			token = parser.nextToken();
		}
		WireRow.expect(JsonToken.END_ARRAY, token, "the end of 'value'");
		return items;
	}

}
