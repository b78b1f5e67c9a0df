package dev.reactiveazure.eventgrid;

import java.util.List;

import dev.reactiveazure.core.pipeline.JsonWriter;
import dev.reactiveazure.core.pipeline.RequestBody;
import io.cloudevents.CloudEvent;
import io.netty.util.AsciiString;

/**
 * The body that publishes several events.
 */
record EventBatchBody(List<CloudEvent> events) implements RequestBody {

	static final int MOST_EVENTS = 1_000;

	private static final AsciiString CONTENT_TYPE = AsciiString
		.cached("application/cloudevents-batch+json; charset=utf-8");

	@Override
	public CharSequence contentType() {
		return CONTENT_TYPE;
	}

	@Override
	public void write(JsonWriter out) {
		out.beginArray();
		int written = 0;
		for (CloudEvent event : this.events) {
			int before = out.sink().length();
			CloudEventWriter.write(event, out);
			written++;
			EventBody.requireSize(event, out.sink().length() - before);
			requireSize(out.sink().length() + 1, written);
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
