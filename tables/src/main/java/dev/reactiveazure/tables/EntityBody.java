package dev.reactiveazure.tables;

import dev.reactiveazure.core.pipeline.Answer;
import dev.reactiveazure.core.pipeline.AnswerReader;
import dev.reactiveazure.core.pipeline.JsonWriter;
import dev.reactiveazure.core.pipeline.RequestBody;

/**
 * An entity on its way to the service, which comes back as the same entity with its new
 * version.
 *
 * @param <T> the entity's type
 */
record EntityBody<T>(RowFormat<T> format, T entity, TableKey key) implements RequestBody, AnswerReader<T> {

	@Override
	public CharSequence contentType() {
		return TablesOperations.CONTENT_TYPE;
	}

	@Override
	public void write(JsonWriter out) {
		this.format.write(this.entity, this.key, out);
	}

	@Override
	public T read(Answer answer) {
		String etag = answer.header("ETag");
		if (etag == null) {
			throw new IllegalStateException("it has no ETag");
		}
		return this.format.codec().withETag(this.entity, ETag.of(etag));
	}

	@Override
	public String toString() {
		return "EntityBody";
	}

}
