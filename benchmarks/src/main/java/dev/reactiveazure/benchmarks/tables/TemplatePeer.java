package dev.reactiveazure.benchmarks.tables;

import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.template.TableTemplate;
import reactor.core.publisher.Mono;

/**
 * Our template with a mapped record, with its default options.
 */
final class TemplatePeer implements TablesPeer {

	private final TableTemplate template;

	TemplatePeer(TableServiceClient service) {
		this.template = new TableTemplate(service, new TableMappingContext());
	}

	@Override
	public String name() {
		return "template";
	}

	@Override
	public Mono<Order> insert(Order order) {
		return this.template.insert(order);
	}

	@Override
	public Mono<Order> get(String customer, String id) {
		return this.template.findByKey(customer, id, Order.class);
	}

}
