package dev.reactiveazure.eventgrid;

import java.util.List;
import java.util.Map;

import dev.reactiveazure.core.pipeline.JsonWriter;
import dev.reactiveazure.core.pipeline.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * The body that publishes events which are written already.
 */
record EncodedBatchBody(List<EncodedEvent> events, CharSequence contentType) implements RequestBody {

	private static final byte[] NOTHING = {};

	private static final byte[] PLAIN_END = { '}' };

	@Override
	public void write(JsonWriter out) {
		write(out, PLAIN_END);
	}

	@Override
	public void write(JsonWriter out, Map<String, String> trace) {
		write(out, traceableEnd(TraceMembers.of(trace)));
	}

	/**
	 * Return the end of events that may get a trace. The size of a trace's state was not
	 * known when the batch was cut: it is left out where it does not fit.
	 */
	private byte[] traceableEnd(@Nullable TraceMembers trace) {
		if (trace == null) {
			return PLAIN_END;
		}
		byte[] end = trace.asEnd();
		return fits(end) ? end : trace.withoutState().asEnd();
	}

	private boolean fits(byte[] end) {
		long bytes = 1;
		for (EncodedEvent event : this.events) {
			bytes += event.json().length + 1L + (event.traceable() ? end.length - 1 : 0);
		}
		return bytes <= EventBody.MOST_BYTES;
	}

	private void write(JsonWriter out, byte[] traceableEnd) {
		out.beginArray();
		for (EncodedEvent event : this.events) {
			byte[] json = event.json();
			out.raw(NOTHING);
			out.sink().write(json, 0, json.length - 1);
			out.sink().write(event.traceable() ? traceableEnd : PLAIN_END);
		}
		out.endArray();
	}

}
