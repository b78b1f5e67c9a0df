package dev.reactiveazure.benchmarks.tables;

import java.util.List;

import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.template.TableOperations;
import dev.reactiveazure.tables.template.TableTemplate;
import dev.reactiveazure.tables.template.TableWrite;
import dev.reactiveazure.tables.template.TransactionEntities;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Our template with a mapped record, with its default options.
 */
final class TemplatePeer implements TablesPeer {

	private final TableTemplate template;

	private final TableOperations mixed;

	TemplatePeer(TableServiceClient service) {
		this.template = new TableTemplate(service, new TableMappingContext());
		this.mixed = this.template.inTable(TablesWorks.MIXED);
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
		TableOperations operations = table.equals(TABLE) ? this.template : this.mixed;
		return operations.findAll(Order.class);
	}

	@Override
	public Mono<TransactionEntities> insertAll(List<Order> orders) {
		return this.template.inTransaction(orders.stream().map(TableWrite::insert).toList());
	}

}
