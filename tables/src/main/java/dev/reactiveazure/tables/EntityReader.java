package dev.reactiveazure.tables;

import java.util.List;

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

	@Override
	public boolean reads(Answer answer) {
		return answer.status() == 200 || isAbsent(answer);
	}

	@Override
	public @Nullable T read(Answer answer) {
		return (answer.status() == 200) ? parse(answer) : null;
	}

	private T parse(Answer answer) {
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
		return new Expecting<>(this, key, List.of());
	}

	/**
	 * Return a reader as {@link #expecting(TableKey)}, of an answer that has some
	 * properties only.
	 * @param select their names; empty for all
	 */
	AnswerReader<T> expecting(TableKey key, List<String> select) {
		return new Expecting<>(this, key, select);
	}

	/**
	 * Return a reader of what the service says that it stored. A service may leave out
	 * the content that was preferred.
	 */
	AnswerReader<Stored<T>> stored(EntityBody<T> body) {
		Expecting<T> expected = new Expecting<>(this, body.key(), List.of());
		return (answer) -> (answer.status() == 204) ? Stored.unread(body.read(answer))
				: new Stored<>(expected.checked(parse(answer)), true);
	}

	/**
	 * What an insert stored.
	 *
	 * @param entity the entity with its version
	 * @param isRead whether the service sent it, with its timestamp
	 */
	record Stored<T>(T entity, boolean isRead) {

		static <T> Stored<T> unread(T entity) {
			return new Stored<>(entity, false);
		}

	}

	/**
	 * Return whether an answer says that there is no such entity, though there is the
	 * table.
	 */
	static boolean isAbsent(Answer answer) {
		return TablesErrors.isOf(answer, 404, TablesErrors.RESOURCE_NOT_FOUND);
	}

	private record Expecting<T>(EntityReader<T> reader, TableKey key, List<String> select) implements AnswerReader<T> {

		@Override
		public boolean reads(Answer answer) {
			return this.reader.reads(answer);
		}

		@Override
		public @Nullable T read(Answer answer) {
			T entity = this.reader.read(answer);
			return (entity != null) ? checked(entity) : null;
		}

		@SuppressWarnings("unchecked")
		private T checked(T entity) {
			// A key that is mapped to another type need not come back as the same text.
			if (!(entity instanceof TableEntity row) || row.key().equals(this.key)) {
				return entity;
			}
			if (differs(EntityLimits.PARTITION_KEY, row.partitionKey(), this.key.partitionKey())
					|| differs(EntityLimits.ROW_KEY, row.rowKey(), this.key.rowKey())) {
				throw new IllegalStateException("it is an entity of another key");
			}
			return (T) row.withKey(this.key);
		}

		private boolean differs(String property, String found, String expected) {
			boolean selected = this.select.isEmpty() || this.select.contains(property);
			return selected && !found.equals(expected);
		}

	}

}
