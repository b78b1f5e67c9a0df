package dev.reactiveazure.tables;

import dev.reactiveazure.core.pipeline.JsonWriter;
import dev.reactiveazure.core.pipeline.RequestBody;

/**
 * The body that creates a table.
 */
record TableNameBody(String name) implements RequestBody {

	@Override
	public CharSequence contentType() {
		return TablesOperations.CONTENT_TYPE;
	}

	@Override
	public void write(JsonWriter out) {
		out.beginObject().name("TableName").value(this.name).endObject();
	}

}
