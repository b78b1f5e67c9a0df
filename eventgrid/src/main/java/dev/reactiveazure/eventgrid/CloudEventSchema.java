package dev.reactiveazure.eventgrid;

import dev.reactiveazure.core.pipeline.JsonWriter;
import io.cloudevents.CloudEvent;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents 1.0: all that namespaces take, and one of three forms of the Basic tier.
 */
final class CloudEventSchema implements EventSchema<CloudEvent> {

	static final AsciiString SINGLE_TYPE = AsciiString.cached("application/cloudevents+json; charset=utf-8");

	private static final AsciiString BATCH_TYPE = AsciiString
		.cached("application/cloudevents-batch+json; charset=utf-8");

	private final boolean traceEvents;

	private final RepeatedTexts texts = new RepeatedTexts();

	/**
	 * Create the form of events that get the trace of their publication.
	 */
	CloudEventSchema() {
		this(true);
	}

	CloudEventSchema(boolean traceEvents) {
		this.traceEvents = traceEvents;
	}

	boolean tracesEvents() {
		return this.traceEvents;
	}

	@Override
	public CharSequence batchType() {
		return BATCH_TYPE;
	}

	@Override
	public void write(CloudEvent event, int index, JsonWriter out) {
		CloudEventWriter.write(event, null, this.texts, out);
	}

	@Override
	public void write(CloudEvent event, int index, @Nullable TraceMembers trace, JsonWriter out) {
		CloudEventWriter.write(event, isTraceable(event) ? trace : null, this.texts, out);
	}

	@Override
	public boolean isTraceable(CloudEvent event) {
		return this.traceEvents && !TraceMembers.isTraced(event);
	}

	@Override
	public @Nullable String id(CloudEvent event) {
		return event.getId();
	}

	@Override
	public String describe(CloudEvent event, int index) {
		return name(event);
	}

	static String name(CloudEvent event) {
		return "Event '" + event.getId() + "' of type '" + event.getType() + "'";
	}

}
