package dev.reactiveazure.benchmarks.tables;

import java.util.List;

import dev.reactiveazure.tables.TableQuery;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.TableTransaction;
import dev.reactiveazure.tables.TransactionResult;
import dev.reactiveazure.tables.TypedTableClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Our client with a codec written by hand for the record: what the template's compiled
 * codec is measured by.
 */
final class TypedClientPeer implements TablesPeer {

	private final TableServiceClient service;

	private final TypedTableClient<Order> client;

	TypedClientPeer(TableServiceClient service) {
		this.service = service;
		this.client = service.getTableClient(TABLE).typed(new OrderCodec());
	}

	@Override
	public Mono<Order> insert(Order order) {
		return this.client.insert(order);
	}

	@Override
	public Mono<Order> get(String customer, String id) {
		return this.client.get(customer, id);
	}

	@Override
	public Flux<Order> query(String table) {
		return this.service.getTableClient(table).typed(new OrderCodec()).query(TableQuery.all());
	}

	@Override
	public Mono<TransactionResult> insertAll(List<Order> orders) {
		TableTransaction<Order> transaction = this.client.transaction();
		for (Order order : orders) {
			transaction = transaction.insert(order);
		}
		return transaction.submit();
	}

}
