package dev.reactiveazure.benchmarks.tables;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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

	private final Map<String, TableOperations> queried = new ConcurrentHashMap<>();

	TemplatePeer(TableServiceClient service) {
		this.template = new TableTemplate(service, new TableMappingContext());
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
		return this.queried.computeIfAbsent(table, this.template::inTable).findAll(Order.class);
	}

	@Override
	public Mono<TransactionEntities> insertAll(List<Order> orders) {
		return this.template.inTransaction(orders.stream().map(TableWrite::insert).toList());
	}

}
