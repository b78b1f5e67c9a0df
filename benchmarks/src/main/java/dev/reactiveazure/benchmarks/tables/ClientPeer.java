package dev.reactiveazure.benchmarks.tables;

import java.util.List;

import dev.reactiveazure.tables.TableClient;
import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TableQuery;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.TableTransaction;
import dev.reactiveazure.tables.TransactionResult;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Our client as Microsoft's is used: its user builds a {@link TableEntity} and gets one.
 */
final class ClientPeer implements TablesPeer {

	private final TableServiceClient service;

	private final TableClient client;

	ClientPeer(TableServiceClient service) {
		this.service = service;
		this.client = service.getTableClient(TABLE);
	}

	@Override
	public Mono<TableEntity> insert(Order order) {
		return this.client.insert(entity(order));
	}

	@Override
	public Mono<TableEntity> get(String customer, String id) {
		return this.client.get(customer, id);
	}

	@Override
	public Flux<TableEntity> query(String table) {
		return this.service.getTableClient(table).query(TableQuery.all());
	}

	@Override
	public Mono<TransactionResult> insertAll(List<Order> orders) {
		TableTransaction<TableEntity> transaction = this.client.transaction();
		for (Order order : orders) {
			transaction = transaction.insert(entity(order));
		}
		return transaction.submit();
	}

	private static TableEntity entity(Order order) {
		return TableEntity.builder(order.customer(), order.id())
			.put("number", order.number())
			.put("total", order.total())
			.put("tax", order.tax())
			.put("quantity", order.quantity())
			.put("priority", order.priority())
			.put("paid", order.paid())
			.put("express", order.express())
			.put("placedAt", order.placedAt())
			.put("shippedAt", order.shippedAt())
			.put("reference", order.reference())
			.put("status", order.status())
			.put("currency", order.currency())
			.put("city", order.city())
			.put("email", order.email())
			.put("note", order.note())
			.build();
	}

}
