package dev.reactiveazure.eventgrid;

import dev.reactiveazure.core.pipeline.JsonWriter;
import dev.reactiveazure.core.pipeline.RequestBody;
import io.cloudevents.CloudEvent;

/**
 * The body that publishes one CloudEvent.
 */
record EventBody(CloudEvent event) implements RequestBody {

	/** Beyond this the service may refuse: whether its 1 MB is 2^20 bytes is unknown. */
	static final int MOST_BYTES = 1_000_000;

	@Override
	public CharSequence contentType() {
		return CloudEventSchema.SINGLE_TYPE;
	}

	@Override
	public void write(JsonWriter out) {
		CloudEventWriter.write(this.event, out);
		requireSize(CloudEventSchema.name(this.event), out.sink().length());
	}

	static void requireSize(String event, int bytes) {
		if (bytes > MOST_BYTES) {
			throw new IllegalArgumentException(event + " takes " + bytes + " bytes, but an event may take at most "
					+ MOST_BYTES + ": store its data elsewhere and publish a reference");
		}
	}

}
