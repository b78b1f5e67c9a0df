package dev.reactiveazure.tables;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.reactiveazure.core.pipeline.Answer;
import dev.reactiveazure.core.pipeline.AnswerReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads one entity; that it does not exist is an answer too, told from a missing table.
 *
 * @param <T> the entity's type
 */
record EntityReader<T>(RowFormat<T> format) implements AnswerReader<T> {

	private static final byte[] ABSENT = TablesErrors.RESOURCE_NOT_FOUND.getBytes(StandardCharsets.US_ASCII);

	@Override
	public boolean reads(Answer answer) {
		return answer.status() == 200 || isAbsent(answer);
	}

	@Override
	public @Nullable T read(Answer answer) {
		if (answer.status() != 200) {
			return null;
		}
		try (JsonParser parser = this.format.parser(answer.bytes(), answer.length())) {
			WireRow.expect(JsonToken.START_OBJECT, parser.nextToken(), "the entity");
			T entity = this.format.row(parser).read(this.format.codec());
			WireRow.expectEnd(parser);
			return entity;
		}
	}

	/**
	 * Return a reader that refuses an entity of another key than was asked for: whatever
	 * mixed answers up, it must not pass for the right one.
	 */
	AnswerReader<T> expecting(TableKey key) {
		return new Expecting<>(this, key);
	}

	/**
	 * Return whether an answer says that there is no such entity, though there is the
	 * table.
	 */
	static boolean isAbsent(Answer answer) {
		if (answer.status() != 404) {
			return false;
		}
		byte[] body = answer.bytes();
		for (int start = 0; start + ABSENT.length <= answer.length(); start++) {
			if (Arrays.equals(body, start, start + ABSENT.length, ABSENT, 0, ABSENT.length)) {
				return true;
			}
		}
		return false;
	}

	private record Expecting<T>(EntityReader<T> reader, TableKey key) implements AnswerReader<T> {

		@Override
		public boolean reads(Answer answer) {
			return this.reader.reads(answer);
		}

		@Override
		public @Nullable T read(Answer answer) {
			T entity = this.reader.read(answer);
			// A key that is mapped to another type need not come back as the same text.
			if (entity instanceof TableEntity row && !row.key().equals(this.key)) {
				throw new IllegalStateException("it is an entity of another key");
			}
			return entity;
		}

	}

}
