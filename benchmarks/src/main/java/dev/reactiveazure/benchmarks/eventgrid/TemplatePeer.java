package dev.reactiveazure.benchmarks.eventgrid;

import java.net.URI;
import java.util.List;

import dev.reactiveazure.benchmarks.tables.Order;
import dev.reactiveazure.eventgrid.template.CloudEventFactory;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Our template, given the payloads.
 */
final class TemplatePeer implements EventGridPeer {

	private final EventGridTemplate template;

	TemplatePeer(URI stub) {
		JsonMapper mapper = JsonMapper.builder().build();
		this.template = new EventGridTemplate(ClientPeer.namespace(stub),
				new CloudEventFactory(mapper, URI.create(SOURCE)), new PayloadConverter(mapper));
	}

	@Override
	public String name() {
		return "template";
	}

	@Override
	public Mono<Void> publish(List<Order> orders) {
		return (orders.size() == 1) ? this.template.publish(TOPIC, orders.get(0))
				: this.template.publishAll(TOPIC, (Iterable<Order>) orders);
	}

}
