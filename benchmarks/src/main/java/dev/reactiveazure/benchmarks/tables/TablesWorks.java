package dev.reactiveazure.benchmarks.tables;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import dev.reactiveazure.benchmarks.measure.Contender;
import dev.reactiveazure.benchmarks.measure.Observations;
import dev.reactiveazure.benchmarks.measure.Work;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.tables.TableServiceClient;
import io.micrometer.observation.ObservationRegistry;
import org.reactivestreams.Publisher;

import org.springframework.util.function.SingletonSupplier;

import static dev.reactiveazure.benchmarks.measure.Contender.CLIENT;
import static dev.reactiveazure.benchmarks.measure.Contender.LIMIT;
import static dev.reactiveazure.benchmarks.measure.Contender.MICROSOFT;
import static dev.reactiveazure.benchmarks.measure.Contender.OBSERVED;
import static dev.reactiveazure.benchmarks.measure.Contender.TEMPLATE;
import static dev.reactiveazure.benchmarks.measure.Contender.TYPED;
import static dev.reactiveazure.benchmarks.measure.Contender.WEBCLIENT;

/**
 * The works on Table storage. A client exists from its first operation on, and keeps its
 * connections for as long as the process runs.
 */
public final class TablesWorks {

	/** Rows of a transaction. */
	static final int TRANSACTION = 100;

	private static final int ORDERS = 1024;

	private static final List<String> ALL = List.of(CLIENT, TYPED, TEMPLATE, OBSERVED, WEBCLIENT, MICROSOFT, LIMIT);

	private final Map<String, Supplier<? extends TablesPeer>> peers = new LinkedHashMap<>();

	/**
	 * Create the works.
	 * @param stub the address of the stub
	 */
	public TablesWorks(URI stub) {
		peer(CLIENT, () -> new ClientPeer(ours(stub, ObservationRegistry.NOOP)));
		peer(TYPED, () -> new TypedClientPeer(ours(stub, ObservationRegistry.NOOP)));
		peer(TEMPLATE, () -> new TemplatePeer(ours(stub, ObservationRegistry.NOOP)));
		peer(OBSERVED, () -> new ClientPeer(ours(stub, Observations.metered())));
		peer(WEBCLIENT, () -> new WebClientPeer(stub));
		peer(MICROSOFT, () -> new MicrosoftPeer(stub));
		peer(LIMIT, () -> new LimitPeer(stub));
	}

	private void peer(String name, Supplier<TablesPeer> peer) {
		this.peers.put(name, SingletonSupplier.of(peer));
	}

	/**
	 * Insert one row of fifteen typed properties, without an echo of it.
	 * @return the work
	 */
	public Work insert() {
		Order[] orders = IntStream.range(0, ORDERS).mapToObj(Order::numbered).toArray(Order[]::new);
		AtomicInteger next = new AtomicInteger();
		return work("insert", 1, ALL, (peer) -> peer.insert(orders[next.getAndIncrement() & (ORDERS - 1)]));
	}

	/**
	 * Read one such row into what the client's user gets.
	 * @return the work
	 */
	public Work get() {
		Order order = Order.numbered(0);
		return work("get", 1, ALL, (peer) -> peer.get(order.customer(), order.id()));
	}

	/**
	 * Read a page of 1,000 rows, all with the same fifteen properties in the same order,
	 * and with the metadata that the client asks for.
	 * @return the work
	 */
	public Work query() {
		return query("query", TablesPeer.TABLE, ALL);
	}

	/**
	 * Read a page of 1,000 rows that differ in the order and number of their properties.
	 * @return the work
	 */
	public Work queryMixed() {
		return query("query-mixed", "mixed1", List.of(CLIENT, TYPED, TEMPLATE, MICROSOFT));
	}

	/**
	 * Read a page of 1,000 rows with full metadata whatever the client asks for: the same
	 * bytes for everybody.
	 * @return the work
	 */
	public Work queryFull() {
		return query("query-full", "full1", List.of(TYPED, TEMPLATE, MICROSOFT));
	}

	/**
	 * Read a page of 1,000 rows without metadata whatever the client asks for, by those
	 * who know the types without it.
	 * @return the work
	 */
	public Work queryBare() {
		return query("query-bare", "bare1", List.of(TYPED, TEMPLATE, WEBCLIENT));
	}

	/**
	 * Insert 100 rows of one partition in one transaction.
	 * @return the work
	 */
	public Work transaction() {
		List<Order> orders = IntStream.range(0, TRANSACTION).mapToObj(Order::ofOneCustomer).toList();
		return work("transaction", 20, ALL, (peer) -> peer.insertAll(orders));
	}

	/**
	 * Our service client without retries, like all peers: a measurement must not hide a
	 * failure.
	 */
	static TableServiceClient ours(URI stub, ObservationRegistry observations) {
		return TableServiceClient.builder()
			.endpoint(stub + "/" + TablesPeer.ACCOUNT)
			.credential(new AzureCredential.SharedKey(TablesPeer.ACCOUNT, TablesPeer.KEY))
			.options(ClientOptions.defaults().withRetry(RetryOptions.none()))
			.observationRegistry(observations)
			.build();
	}

	private Work query(String name, String table, List<String> contenders) {
		return work(name, 50, contenders, (peer) -> peer.query(table));
	}

	private Work work(String name, int size, List<String> contenders, Function<TablesPeer, Publisher<?>> operation) {
		return new Work(name, size, contenders.stream().map((contender) -> contender(contender, operation)).toList());
	}

	private Contender contender(String name, Function<TablesPeer, Publisher<?>> operation) {
		Supplier<? extends TablesPeer> peer = this.peers.get(name);
		if (peer == null) {
			throw new IllegalArgumentException("No client of Table storage is called '" + name + "'");
		}
		return Contender.of(name, () -> operation.apply(peer.get()));
	}

}
