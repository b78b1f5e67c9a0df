package dev.reactiveazure.tables;

import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.core.pipeline.Answer;
import dev.reactiveazure.core.pipeline.AnswerReader;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a page of the names of tables, and where the next one begins.
 *
 * @param format gives parsers
 */
record TableNameReader(RowFormat<TableEntity> format) implements AnswerReader<PageFlux.Page<String>> {

	@Override
	public PageFlux.Page<String> read(Answer answer) {
		try (JsonParser parser = this.format.parser(answer.bytes(), answer.length())) {
			WireRow.expect(JsonToken.START_OBJECT, parser.nextToken(), "the page");
			List<String> names = null;
			JsonToken token = parser.nextToken();
			while (token == JsonToken.PROPERTY_NAME) {
				boolean tables = parser.currentName().equals("value");
				parser.nextToken();
				if (tables) {
					names = names(parser);
				}
				else {
					parser.skipChildren();
				}
				token = parser.nextToken();
			}
			WireRow.expect(JsonToken.END_OBJECT, token, "the end of the page");
			WireRow.expectEnd(parser);
			if (names == null) {
				throw new IllegalStateException("the page has no 'value'");
			}
			return new PageFlux.Page<>(names, Continuation.ofTables(answer));
		}
	}

	private static List<String> names(JsonParser parser) {
		WireRow.expect(JsonToken.START_ARRAY, parser.currentToken(), "'value'");
		List<String> names = new ArrayList<>();
		JsonToken token = parser.nextToken();
		while (token == JsonToken.START_OBJECT) {
			names.add(name(parser));
			token = parser.nextToken();
		}
		WireRow.expect(JsonToken.END_ARRAY, token, "the end of 'value'");
		return names;
	}

	private static String name(JsonParser parser) {
		String name = null;
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			boolean isName = parser.currentName().equals("TableName");
			if (parser.nextToken() == JsonToken.VALUE_STRING && isName) {
				name = parser.getString();
			}
			parser.skipChildren();
		}
		WireRow.expect(JsonToken.END_OBJECT, parser.currentToken(), "the end of a table");
		if (name == null) {
			throw new IllegalStateException("a table has no 'TableName'");
		}
		return name;
	}

}
