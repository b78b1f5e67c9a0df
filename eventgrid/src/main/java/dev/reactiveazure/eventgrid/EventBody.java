package dev.reactiveazure.eventgrid;

import dev.reactiveazure.core.pipeline.JsonWriter;
import dev.reactiveazure.core.pipeline.RequestBody;
import io.cloudevents.CloudEvent;
import io.netty.util.AsciiString;

/**
 * The body that publishes one event.
 */
record EventBody(CloudEvent event) implements RequestBody {

	/** Beyond this the service may refuse: whether its 1 MB is 2^20 bytes is unknown. */
	static final int MOST_BYTES = 1_000_000;

	private static final AsciiString CONTENT_TYPE = AsciiString.cached("application/cloudevents+json; charset=utf-8");

	@Override
	public CharSequence contentType() {
		return CONTENT_TYPE;
	}

	@Override
	public void write(JsonWriter out) {
		CloudEventWriter.write(this.event, out);
		requireSize(this.event, out.sink().length());
	}

	static void requireSize(CloudEvent event, int bytes) {
		if (bytes > MOST_BYTES) {
			throw new IllegalArgumentException("Event '" + event.getId() + "' of type '" + event.getType() + "' takes "
					+ bytes + " bytes, but an event may take at most " + MOST_BYTES
					+ ": store its data elsewhere and publish a reference");
		}
	}

}
