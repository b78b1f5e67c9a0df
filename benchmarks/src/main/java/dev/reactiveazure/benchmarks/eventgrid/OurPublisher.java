package dev.reactiveazure.benchmarks.eventgrid;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.EventGridPublisherClient;
import dev.reactiveazure.eventgrid.EventIds;
import dev.reactiveazure.eventgrid.GridEvent;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import reactor.core.publisher.Mono;

/**
 * Builds CloudEvents with JSON data, as a user of our client does, and publishes them.
 */
final class OurPublisher {

	private static final URI SOURCE = URI.create(EventGridPeer.SOURCE);

	private final EventGridPublisherClient client;

	private final EventIds ids = new EventIds();

	private final Function<Batch.Payload, CloudEventData> data;

	OurPublisher(EventGridNamespaceClient namespace, Function<Batch.Payload, CloudEventData> data) {
		this.client = namespace.publisher(EventGridPeer.TOPIC);
		this.data = data;
	}

	Mono<Void> publish(Batch batch) {
		if (batch.size() == 1) {
			return this.client.publish(event(batch.first()));
		}
		List<CloudEvent> events = new ArrayList<>(batch.size());
		for (Batch.Payload payload : batch.payloads()) {
			events.add(event(payload));
		}
		return this.client.publish(events);
	}

	private GridEvent event(Batch.Payload payload) {
		return GridEvent.builder(this.ids.get(), SOURCE, EventGridPeer.TYPE)
			.subject(payload.order().id())
			.time(payload.order().placedAt())
			.data(this.data.apply(payload))
			.build();
	}

}
