package dev.reactiveazure.eventgrid;

import dev.reactiveazure.core.pipeline.JsonWriter;
import io.cloudevents.CloudEvent;
import io.netty.util.AsciiString;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Any JSON objects, which the topic's input mapping takes apart.
 */
final class CustomEventSchema implements EventSchema<Object> {

	private static final AsciiString BATCH_TYPE = AsciiString.cached("application/json; charset=utf-8");

	private final JsonMapper mapper;

	CustomEventSchema(JsonMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	public CharSequence batchType() {
		return BATCH_TYPE;
	}

	@Override
	public void write(Object event, int index, JsonWriter out) {
		if (event instanceof CloudEvent || event instanceof EventGridEvent) {
			throw new IllegalArgumentException(describe(event, index)
					+ " has a schema of its own: publish it with cloudEvents() or eventGridEvents()");
		}
		byte[] json = json(event, index);
		if (!isObject(json)) {
			throw new IllegalArgumentException(describe(event, index) + " is no JSON object: give a map, an object "
					+ "with properties, or EventData.json(…) for JSON that is written already");
		}
		out.raw(json);
	}

	private byte[] json(Object event, int index) {
		if (event instanceof EventData data) {
			return (data.kind() == EventData.Kind.JSON) ? data.toBytes() : new byte[0];
		}
		try {
			return this.mapper.writeValueAsBytes(event);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(
					describe(event, index) + " can't be written as JSON: " + ex.getOriginalMessage(), ex);
		}
	}

	private static boolean isObject(byte[] json) {
		for (byte b : json) {
			if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
				return b == '{';
			}
		}
		return false;
	}

	@Override
	public String describe(Object event, int index) {
		return "The event at index " + index + ", a " + event.getClass().getSimpleName() + ",";
	}

}
