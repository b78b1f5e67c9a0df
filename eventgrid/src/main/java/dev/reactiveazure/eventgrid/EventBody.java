package dev.reactiveazure.eventgrid;

import java.util.Map;

import dev.reactiveazure.core.pipeline.JsonWriter;
import dev.reactiveazure.core.pipeline.RequestBody;
import io.cloudevents.CloudEvent;

/**
 * The body that publishes one CloudEvent.
 */
record EventBody(CloudEventSchema schema, CloudEvent event) implements RequestBody {

	/** Beyond this the service may refuse: whether its 1 MB is 2^20 bytes is unknown. */
	static final int MOST_BYTES = 1_000_000;

	EventBody(CloudEvent event) {
		this(new CloudEventSchema(), event);
	}

	@Override
	public CharSequence contentType() {
		return CloudEventSchema.SINGLE_TYPE;
	}

	@Override
	public void write(JsonWriter out) {
		this.schema.write(this.event, 0, out);
		int bytes = out.sink().length();
		if (bytes > MOST_BYTES) {
			requireSize(CloudEventSchema.name(this.event), bytes);
		}
	}

	/**
	 * Write the event with its trace, unless just that makes it too large.
	 */
	@Override
	public void write(JsonWriter out, Map<String, String> trace) {
		this.schema.write(this.event, 0, TraceMembers.of(trace), out);
		if (out.sink().length() > MOST_BYTES) {
			out.sink().reset();
			out.reset();
			write(out);
		}
	}

	static void requireSize(String event, int bytes) {
		requireSize(event, bytes, MOST_BYTES);
	}

	static void requireSize(String event, int bytes, int most) {
		if (bytes > most) {
			throw new IllegalArgumentException(event + " takes " + bytes + " bytes, but an event may take at most "
					+ most + ": store its data elsewhere and publish a reference");
		}
	}

}
