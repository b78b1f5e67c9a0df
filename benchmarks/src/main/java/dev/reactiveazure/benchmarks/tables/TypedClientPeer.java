package dev.reactiveazure.benchmarks.tables;

import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.TypedTableClient;
import reactor.core.publisher.Mono;

/**
 * Our client with a codec written by hand for the record: what the template's compiled
 * codec is measured by.
 */
final class TypedClientPeer implements TablesPeer {

	private final TypedTableClient<Order> client;

	TypedClientPeer(TableServiceClient service) {
		this.client = service.getTableClient(TABLE).typed(new OrderCodec());
	}

	@Override
	public String name() {
		return "typed";
	}

	@Override
	public Mono<Order> insert(Order order) {
		return this.client.insert(order);
	}

	@Override
	public Mono<Order> get(String customer, String id) {
		return this.client.get(customer, id);
	}

}
