package dev.reactiveazure.eventgrid;

import dev.reactiveazure.core.pipeline.JsonWriter;
import io.netty.util.AsciiString;

/**
 * Event Grid's own form of the Basic tier.
 */
final class EventGridEventSchema implements EventSchema<EventGridEvent> {

	private static final AsciiString BATCH_TYPE = AsciiString.cached("application/json; charset=utf-8");

	@Override
	public CharSequence batchType() {
		return BATCH_TYPE;
	}

	@Override
	public void write(EventGridEvent event, int index, JsonWriter out) {
		out.beginObject();
		out.name("id").value(event.id());
		if (event.topic() != null) {
			out.name("topic").value(event.topic());
		}
		out.name("subject").value(event.subject());
		out.name("eventType").value(event.eventType());
		out.name("eventTime").timestamp(event.eventTime().getEpochSecond(), event.eventTime().getNano());
		out.name("dataVersion").value(event.dataVersion());
		out.name("data");
		CloudEventWriter.jsonValue(event.data(), out);
		out.endObject();
	}

	@Override
	public String id(EventGridEvent event) {
		return event.id();
	}

	@Override
	public String describe(EventGridEvent event, int index) {
		return "Event '" + event.id() + "' of type '" + event.eventType() + "'";
	}

}
