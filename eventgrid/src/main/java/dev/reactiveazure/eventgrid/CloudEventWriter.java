package dev.reactiveazure.eventgrid;

import dev.reactiveazure.core.pipeline.JsonWriter;
import io.cloudevents.CloudEvent;

final class CloudEventWriter {

	private CloudEventWriter() {
	}

	static void write(CloudEvent event, JsonWriter out) {
		throw new UnsupportedOperationException();
	}

}
