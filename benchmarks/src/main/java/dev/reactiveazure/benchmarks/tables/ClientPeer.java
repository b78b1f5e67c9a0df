package dev.reactiveazure.benchmarks.tables;

import dev.reactiveazure.tables.TableClient;
import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TableServiceClient;
import reactor.core.publisher.Mono;

/**
 * Our client as Microsoft's is used: its user builds a {@link TableEntity} and gets one.
 */
final class ClientPeer implements TablesPeer {

	private final TableClient client;

	ClientPeer(TableServiceClient service) {
		this.client = service.getTableClient(TABLE);
	}

	@Override
	public String name() {
		return "client";
	}

	@Override
	public Mono<TableEntity> insert(Order order) {
		return this.client.insert(entity(order));
	}

	@Override
	public Mono<TableEntity> get(String customer, String id) {
		return this.client.get(customer, id);
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
