package dev.reactiveazure.tables.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.reactiveazure.core.AlreadyExistsException;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.tables.InvalidEntityException;
import dev.reactiveazure.tables.TableClient;
import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TableQuery;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.TableTransaction;
import dev.reactiveazure.tables.TransactionFailedException;
import dev.reactiveazure.tables.TransactionResult;
import dev.reactiveazure.tables.UpdateMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Microsoft's guide to its asynchronous Python client teaches, done here.
 */
class AsyncPatternsTests {

	private final AzureEmulator emulator = AzureEmulator.builder().eventGrid(false).start();

	private final TableServiceClient service = TableServiceClient.builder()
		.connectionString(this.emulator.tablesConnectionString())
		.build();

	private final TableClient orders = this.service.getTableClient("orders");

	@BeforeEach
	void createTable() {
		this.service.createTable("orders").block();
	}

	@AfterEach
	void close() {
		this.service.close();
		this.emulator.close();
	}

	private static TableEntity order(String customer, int number) {
		return TableEntity.builder(customer, String.format("%05d", number)).put("number", number).build();
	}

	@Test
	void createsTablesConcurrently() {
		List<String> names = IntStream.range(0, 20).mapToObj((i) -> "concurrent" + i).toList();

		Flux.fromIterable(names).flatMap(this.service::createTable).blockLast();

		assertThat(this.emulator.tables().tableNames()).containsAll(names);
	}

	@Test
	void createsAThousandEntitiesWithAtMostTenInFlight() {
		AtomicInteger inFlight = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();

		Flux.range(0, 1000)
			.flatMap((i) -> this.orders.insert(order("ada", i))
				.doOnSubscribe((subscription) -> most.accumulateAndGet(inFlight.incrementAndGet(), Math::max))
				.doOnTerminate(inFlight::decrementAndGet), 10)
			.blockLast();

		assertThat(this.emulator.tables().entityCount("orders")).isEqualTo(1000);
		assertThat(most.get()).isBetween(2, 10);
	}

	@Test
	void submitsTransactionsOfThreePartitionsAtOnce() {
		List<TransactionResult> results = await(Flux.just("ada", "ben", "cem").flatMap((customer) -> {
			TableTransaction<TableEntity> transaction = this.orders.transaction();
			IntStream.range(0, 100).forEach((i) -> transaction.insert(order(customer, i)));
			return transaction.submit();
		}).collectList());

		assertThat(results).extracting(TransactionResult::size).containsExactly(100, 100, 100);
		assertThat(this.emulator.tables().entityCount("orders")).isEqualTo(300);
	}

	@Test
	void processesPagesOfFiveHundredOneByOne() {
		Flux.range(0, 1200).flatMap((i) -> this.orders.insert(order("ada", i)), 50).blockLast();
		List<Integer> sizes = new ArrayList<>();
		AtomicInteger processing = new AtomicInteger();

		this.orders.pages(TableQuery.all().pageSize(500)).concatMap((page) -> {
			assertThat(processing.incrementAndGet()).isOne();
			return Flux.fromIterable(page.items())
				.flatMap((row) -> this.orders.upsert(row.toBuilder().put("seen", true).build(), UpdateMode.MERGE), 20)
				.then(Mono.fromRunnable(() -> {
					sizes.add(page.items().size());
					processing.decrementAndGet();
				}));
		}, 1).blockLast();

		assertThat(sizes).containsExactly(500, 500, 200);
		assertThat(await(this.orders.query(TableQuery.filter("seen eq true")).count())).isEqualTo(1200);
	}

	@Test
	void isolatesItemsFromEachOthersErrors() {
		List<TableEntity> items = new ArrayList<>(IntStream.range(0, 50).mapToObj((i) -> order("ada", i)).toList());
		items.add(order("ada", 7));
		items.add(TableEntity.builder("a/b", "invalid").build());
		items.add(TableEntity.builder("ada", "long").put("text", "x".repeat(40_000)).build());
		items.add(order("ada", 50));

		List<String> outcomes = await(Flux.fromIterable(items)
			.flatMapSequential((item) -> this.orders.insert(item)
				.thenReturn("stored")
				.onErrorResume(AlreadyExistsException.class, (error) -> Mono.just("duplicate"))
				.onErrorResume(InvalidEntityException.class, (error) -> Mono.just("invalid")), 1)
			.collectList());

		assertThat(outcomes.subList(0, 50)).containsOnly("stored");
		assertThat(outcomes.subList(50, 54)).containsExactly("duplicate", "invalid", "invalid", "stored");
		assertThat(this.emulator.tables().entityCount("orders")).isEqualTo(51);
	}

	@Test
	void recoversAFailedTransactionItemByItem() {
		this.orders.insert(order("ada", 2)).block();
		List<TableEntity> items = IntStream.range(0, 5).mapToObj((i) -> order("ada", i)).toList();
		TableTransaction<TableEntity> transaction = this.orders.transaction();
		items.forEach(transaction::insert);
		List<Integer> culprits = new ArrayList<>();

		List<Boolean> stored = await(transaction.submit()
			.thenMany(Flux.fromIterable(items).map((item) -> true))
			.onErrorResume(TransactionFailedException.class, (failure) -> {
				culprits.add(failure.operationIndex());
				return Flux.fromIterable(items)
					.concatMap((item) -> this.orders.insert(item)
						.thenReturn(true)
						.onErrorResume(AlreadyExistsException.class, (error) -> Mono.just(false)));
			})
			.collectList());

		assertThat(culprits).containsExactly(2);
		assertThat(stored).containsExactly(true, true, false, true, true);
		assertThat(this.emulator.tables().entityCount("orders")).isEqualTo(5);
	}

	@Test
	void leavesNothingOfManyClients() throws InterruptedException, TimeoutException {
		this.orders.insert(order("ada", 1)).block();
		LeakWatch leaks = new LeakWatch();
		leaks.start();
		try (MutatingProxy counted = new MutatingProxy(this.emulator.tablesEndpoint())) {
			String connectionString = this.emulator.tablesConnectionString()
				.replace(this.emulator.tablesEndpoint(), counted.endpoint());
			useOneClient(connectionString);
			long threads = clientThreads();

			for (int i = 0; i < 50; i++) {
				useOneClient(connectionString);
			}

			counted.awaitNoConnections();
			assertThat(counted.acceptedConnections()).isGreaterThanOrEqualTo(51);
			assertThat(clientThreads()).isLessThanOrEqualTo(threads);
		}
		assertThat(leaks.stop()).isEmpty();
	}

	private static void useOneClient(String connectionString) {
		try (TableServiceClient client = TableServiceClient.builder().connectionString(connectionString).build()) {
			TableClient table = client.getTableClient("orders");
			Flux.range(0, 4).flatMap((i) -> table.get("ada", "00001")).blockLast();
		}
	}

	/** Threads but for those of the proxy and of the JVM. */
	private static long clientThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().contains("reactor") || thread.getName().contains("azure")
					|| thread.getName().contains("parallel") || thread.getName().contains("evictor"))
			.count();
	}

	@Test
	void insertsIntoFiveTablesWithFiftyInFlight() {
		List<String> names = IntStream.range(0, 5).mapToObj((i) -> "load" + i).toList();
		Flux.fromIterable(names).flatMap(this.service::createTable).blockLast();
		long start = System.nanoTime();

		Flux.range(0, 5000)
			.flatMap((i) -> this.service.getTableClient(names.get(i % 5)).insert(order("ada", i)), 50)
			.blockLast();

		Duration took = Duration.ofNanos(System.nanoTime() - start);
		System.out.printf("5 tables x 1,000 inserts, 50 in flight: %,d ms, %,.0f inserts/s%n", took.toMillis(),
				5000 / (took.toNanos() / 1e9));
		assertThat(names).allSatisfy((name) -> assertThat(this.emulator.tables().entityCount(name)).isEqualTo(1000));
	}

}
