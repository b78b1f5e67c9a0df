package dev.reactiveazure.eventgrid;

import java.util.List;

import dev.reactiveazure.core.pipeline.JsonWriter;
import dev.reactiveazure.core.pipeline.RequestBody;

/**
 * The body that publishes events of one schema as an array.
 *
 * @param <E> type of the events
 */
record EventBatchBody<E>(EventSchema<E> schema, List<? extends E> events,
		CharSequence contentType) implements RequestBody {

	EventBatchBody(EventSchema<E> schema, List<? extends E> events) {
		this(schema, events, schema.batchType());
	}

	@Override
	public void write(JsonWriter out) {
		out.beginArray();
		int index = 0;
		for (E event : this.events) {
			int before = out.sink().length();
			this.schema.write(event, index, out);
			int bytes = out.sink().length() - before;
			if (bytes > EventBody.MOST_BYTES) {
				EventBody.requireSize(this.schema.describe(event, index), bytes);
			}
			index++;
			requireSize(out.sink().length() + 1, index);
		}
		out.endArray();
	}

	private void requireSize(int bytes, int written) {
		if (bytes > EventBody.MOST_BYTES) {
			throw new IllegalArgumentException(
					"One request takes at most " + EventBody.MOST_BYTES + " bytes, which the first " + written + " of "
							+ this.events.size() + " events exceed: publish them in smaller batches");
		}
	}

}
