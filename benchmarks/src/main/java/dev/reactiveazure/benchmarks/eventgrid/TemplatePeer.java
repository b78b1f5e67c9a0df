package dev.reactiveazure.benchmarks.eventgrid;

import java.net.URI;

import dev.reactiveazure.benchmarks.tables.Order;
import dev.reactiveazure.eventgrid.template.CloudEventFactory;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import io.micrometer.observation.ObservationRegistry;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Our template, given the payloads.
 */
final class TemplatePeer implements EventGridPeer {

	private final EventGridTemplate template;

	TemplatePeer(URI stub) {
		JsonMapper mapper = JsonMapper.builder().build();
		this.template = new EventGridTemplate(ClientPeer.namespace(stub, ObservationRegistry.NOOP),
				new CloudEventFactory(mapper, URI.create(SOURCE)), new PayloadConverter(mapper));
	}

	@Override
	public Mono<Void> publish(Batch batch) {
		if (batch.size() == 1) {
			return this.template.publish(TOPIC, batch.first().order());
		}
		Iterable<Order> orders = batch.payloads().stream().map(Batch.Payload::order).toList();
		return this.template.publishAll(TOPIC, orders);
	}

}
