package dev.reactiveazure.eventgrid;

import java.util.List;
import java.util.Map;

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

	/**
	 * Write the events with their trace, unless just that makes them too large.
	 */
	@Override
	public void write(JsonWriter out, Map<String, String> trace) {
		TraceMembers members = TraceMembers.of(trace);
		if (members == null || !writeWithin(out, members)) {
			out.sink().reset();
			out.reset();
			write(out);
		}
	}

	private boolean writeWithin(JsonWriter out, TraceMembers trace) {
		out.beginArray();
		int index = 0;
		for (E event : this.events) {
			this.schema.write(event, index, trace, out);
			index++;
			if (out.sink().length() + 1 > EventBody.MOST_BYTES) {
				return false;
			}
		}
		out.endArray();
		return true;
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
