package dev.reactiveazure.benchmarks.eventgrid;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import dev.reactiveazure.eventgrid.EventData;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.EventGridPublisherClient;
import dev.reactiveazure.eventgrid.GridEvent;
import io.cloudevents.CloudEvent;
import reactor.core.publisher.Mono;

/**
 * Builds CloudEvents with JSON data, as a user of our client does, and publishes them.
 */
final class OurPublisher {

	private static final URI SOURCE = URI.create(EventGridPeer.SOURCE);

	private final EventGridPublisherClient client;

	private final Function<Batch.Payload, EventData> data;

	OurPublisher(EventGridNamespaceClient namespace, Function<Batch.Payload, EventData> data) {
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
		return GridEvent.builder(UUID.randomUUID().toString(), SOURCE, EventGridPeer.TYPE)
			.subject(payload.order().id())
			.time(payload.order().placedAt())
			.data(this.data.apply(payload))
			.build();
	}

}
