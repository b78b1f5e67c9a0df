package dev.reactiveazure.eventgrid;

import java.util.Map;

import dev.reactiveazure.core.pipeline.ByteSink;
import dev.reactiveazure.core.pipeline.JsonWriter;
import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

/**
 * The trace of a publication as attributes of its events, which then carry it to whoever
 * receives them. An event that has a trace of its own keeps it, for that is where it
 * began.
 *
 * @param traceparent the W3C trace context
 * @param tracestate what belongs to it; {@code null} for none
 * @see <a href=
 * "https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/distributed-tracing.md">Distributed
 * tracing extension</a>
 */
record TraceMembers(String traceparent, @Nullable String tracestate) {

	/** What the longer of both adds to an event: {@code ,"traceparent":"…"}. */
	static final int TRACEPARENT_BYTES = 72;

	private static final String TRACEPARENT = "traceparent";

	private static final String TRACESTATE = "tracestate";

	private static final JsonWriter.Name TRACEPARENT_NAME = JsonWriter.Name.of(TRACEPARENT);

	private static final JsonWriter.Name TRACESTATE_NAME = JsonWriter.Name.of(TRACESTATE);

	/**
	 * Read the headers that propagate a trace.
	 * @return the members; {@code null} without a W3C trace context
	 */
	static @Nullable TraceMembers of(Map<String, String> headers) {
		String traceparent = headers.get(TRACEPARENT);
		if (traceparent == null || traceparent.isEmpty()) {
			return null;
		}
		String tracestate = headers.get(TRACESTATE);
		return new TraceMembers(traceparent, (tracestate != null && !tracestate.isEmpty()) ? tracestate : null);
	}

	/**
	 * Return whether an event has a trace of its own.
	 */
	static boolean isTraced(CloudEvent event) {
		return event.getExtension(TRACEPARENT) != null || event.getExtension(TRACESTATE) != null;
	}

	TraceMembers withoutState() {
		return new TraceMembers(this.traceparent, null);
	}

	/**
	 * Write the members into an object that has others already.
	 */
	void write(JsonWriter out) {
		out.name(TRACEPARENT_NAME).value(this.traceparent);
		if (this.tracestate != null) {
			out.name(TRACESTATE_NAME).value(this.tracestate);
		}
	}

	/**
	 * Return what takes the place of the bracket that ends a written event.
	 */
	byte[] asEnd() {
		ByteSink sink = new ByteSink();
		JsonWriter out = new JsonWriter(sink);
		out.beginObject();
		write(out);
		out.endObject();
		byte[] end = sink.toByteArray();
		end[0] = ',';
		return end;
	}

}
