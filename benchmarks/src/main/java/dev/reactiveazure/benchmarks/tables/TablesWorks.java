package dev.reactiveazure.benchmarks.tables;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

import dev.reactiveazure.benchmarks.measure.Contender;
import dev.reactiveazure.benchmarks.measure.Work;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.tables.TableServiceClient;
import org.reactivestreams.Publisher;

/**
 * The works on Table storage.
 */
public final class TablesWorks {

	/** Rows of a transaction. */
	static final int TRANSACTION = 100;

	private static final int ORDERS = 1024;

	static final String MIXED = "mixed1";

	private final List<TablesPeer> peers;

	/**
	 * Creates the peers, which keep their connections for as long as the process runs.
	 * @param stub the address of the stub
	 */
	public TablesWorks(URI stub) {
		TableServiceClient ours = ours(stub);
		this.peers = List.of(new ClientPeer(ours), new TypedClientPeer(ours), new TemplatePeer(ours),
				new MicrosoftPeer(stub), new LimitPeer(stub));
	}

	/**
	 * Insert one row of fifteen typed properties, without an echo of it.
	 * @return the work
	 */
	public Work insert() {
		Order[] orders = IntStream.range(0, ORDERS).mapToObj(Order::numbered).toArray(Order[]::new);
		AtomicInteger next = new AtomicInteger();
		return work("insert", 1, (peer) -> peer.insert(orders[next.getAndIncrement() & (ORDERS - 1)]));
	}

	/**
	 * Read one such row into what the client's user gets.
	 * @return the work
	 */
	public Work get() {
		Order order = Order.numbered(0);
		return work("get", 1, (peer) -> peer.get(order.customer(), order.id()));
	}

	/**
	 * Read a page of 1,000 rows, all with the same fifteen properties in the same order.
	 * @return the work
	 */
	public Work query() {
		return work("query", 50, (peer) -> peer.query(TablesPeer.TABLE));
	}

	/**
	 * Read a page of 1,000 rows that differ in the order and number of their properties.
	 * @return the work
	 */
	public Work queryMixed() {
		return work("query-mixed", 50, (peer) -> peer.query(MIXED));
	}

	/**
	 * Insert 100 rows of one partition in one transaction.
	 * @return the work
	 */
	public Work transaction() {
		List<Order> orders = IntStream.range(0, TRANSACTION).mapToObj(Order::ofOneCustomer).toList();
		return work("transaction", 20, (peer) -> peer.insertAll(orders));
	}

	/**
	 * Our service client without retries, like all peers: a measurement must not hide a
	 * failure.
	 */
	static TableServiceClient ours(URI stub) {
		return TableServiceClient.builder()
			.endpoint(stub + "/" + TablesPeer.ACCOUNT)
			.credential(new AzureCredential.SharedKey(TablesPeer.ACCOUNT, TablesPeer.KEY))
			.options(ClientOptions.defaults().withRetry(RetryOptions.none()))
			.build();
	}

	private Work work(String name, int size, Function<TablesPeer, Publisher<?>> operation) {
		List<Contender> contenders = new ArrayList<>();
		for (TablesPeer peer : this.peers) {
			contenders.add(Contender.of(peer.name(), () -> operation.apply(peer)));
		}
		return new Work(name, size, contenders);
	}

}
