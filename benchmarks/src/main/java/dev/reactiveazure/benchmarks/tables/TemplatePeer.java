package dev.reactiveazure.benchmarks.tables;

import java.util.List;

import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.TransactionResult;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.template.TableTemplate;
import reactor.core.publisher.Flux;
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

	@Override
	public Flux<Order> query(String table) {
		return this.template.findAll(Order.class);
	}

	@Override
	public Mono<TransactionResult> insertAll(List<Order> orders) {
		throw new UnsupportedOperationException("The template has no transactions yet");
	}

}
