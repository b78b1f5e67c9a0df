package dev.reactiveazure.tables.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.reactiveazure.core.AzureOperationContext;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.http.FaultPlan;
import dev.reactiveazure.tables.Requirement;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.template.BulkResult.Outcome;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bulks when the service is busy, lost, or slow.
 */
class BulkFaultTests {

	private final FaultPlan faults = FaultPlan.create();

	private final AzureEmulator emulator = AzureEmulator.builder().eventGrid(false).faults(this.faults).start();

	private final InFlight inFlight = new InFlight();

	private final TableServiceClient client = TableServiceClient.builder()
		.connectionString(this.emulator.tablesConnectionString())
		.options(ClientOptions.defaults().withRetry(RetryOptions.none()))
		.observationRegistry(this.inFlight.registry())
		.build();

	private final TableTemplate template = new TableTemplate(this.client, new TableMappingContext());

	@BeforeEach
	void createTable() {
		this.client.createTable("item").block();
	}

	@AfterEach
	void close() {
		this.client.close();
		this.emulator.close();
	}

	@Test
	@Requirement("T26")
	void halvesItsConcurrencyWhenTheServiceIsBusyAndGrowsItBack() {
		this.faults.when(FaultPlan.TABLES).path((path) -> path.contains("$batch")).first(6).answer(503);
		List<Integer> limits = Collections.synchronizedList(new ArrayList<>());
		BulkOptions options = BulkOptions.builder()
			.concurrency(8)
			.maxOperations(5)
			.progress((progress) -> limits.add(progress.concurrency()))
			.build();

		List<BulkResult<Item>> results = await(this.template.bulk(items(400, 40), options).collectList());

		assertThat(results).hasSize(400).allMatch(BulkResult::isDone);
		assertThat(this.emulator.tables().entityCount("item")).isEqualTo(400);
		assertThat(Collections.min(limits)).isLessThanOrEqualTo(4);
		assertThat(limits.get(limits.size() - 1)).isGreaterThan(Collections.min(limits));
	}

	@Test
	@Requirement({ "T26", "T29" })
	void waitsAsLongAsABusyServiceAsks() {
		this.faults.when(FaultPlan.TABLES)
			.path((path) -> path.contains("$batch"))
			.first(1)
			.answer(503, Duration.ofSeconds(1));
		long start = System.nanoTime();

		assertThat(await(this.template.bulk(items(10, 1), BulkOptions.defaults()).collectList())).hasSize(10)
			.allMatch(BulkResult::isDone);

		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
	}

	@Test
	@Requirement("T27")
	void saysOfEachWriteThatItIsNotKnownWhereAnAnswerIsLost() {
		this.faults.when(FaultPlan.TABLES).path((path) -> path.contains("$batch")).first(1).dropAfter();

		List<BulkResult<Item>> results = await(this.template.bulk(items(150, 1), BulkOptions.defaults()).collectList());

		assertThat(results).hasSize(150);
		assertThat(results.stream().filter((result) -> result.outcome() == Outcome.UNKNOWN)).hasSize(100);
		assertThat(results.stream().filter(BulkResult::isDone)).hasSize(50);
		assertThat(this.emulator.tables().entityCount("item")).isEqualTo(150);
	}

	@Test
	@Requirement("T26")
	void neverHasTwoBatchesOfOnePartitionOnTheirWay() {
		for (int partitions : new int[] { 1, 4 }) {
			this.inFlight.reset();
			BulkOptions options = BulkOptions.builder().concurrency(8).maxOperations(5).capacity(200).build();

			assertThat(await(this.template.bulk(upserts(400, partitions), options).collectList())).hasSize(400)
				.allMatch(BulkResult::isDone);

			assertThat(this.inFlight.total.get()).isGreaterThanOrEqualTo(80);
			assertThat(this.inFlight.most.get()).isLessThanOrEqualTo(partitions);
		}
	}

	@Test
	void endsWhatIsOnItsWayWhenItIsCancelled() {
		this.faults.when(FaultPlan.TABLES).path((path) -> path.contains("$batch")).neverAnswer();

		StepVerifier.create(this.template.bulk(items(1000, 10), BulkOptions.defaults()))
			.thenAwait(Duration.ofMillis(200))
			.thenCancel()
			.verify(Duration.ofSeconds(10));
	}

	@Test
	void sendsNoFasterThanItsRate() {
		long start = System.nanoTime();

		await(this.template
			.bulk(items(150, 3), BulkOptions.builder().maxOperations(10).operationsPerSecond(100).build())
			.collectList());

		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(1300));
	}

	private static Flux<TableWrite<Item>> upserts(int count, int partitions) {
		return Flux.range(0, count).map((i) -> TableWrite.upsert(new Item("p" + i % partitions, "r" + i, i)));
	}

	private static Flux<TableWrite<Item>> items(int count, int partitions) {
		return Flux.range(0, count).map((i) -> TableWrite.insert(new Item("p" + i % partitions, "r" + i, i)));
	}

	/**
	 * Counts the transactions that are on their way.
	 */
	private static final class InFlight implements ObservationHandler<AzureOperationContext> {

		private final AtomicInteger now = new AtomicInteger();

		private final AtomicInteger most = new AtomicInteger();

		private final AtomicInteger total = new AtomicInteger();

		ObservationRegistry registry() {
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig().observationHandler(this);
			return registry;
		}

		void reset() {
			this.most.set(0);
			this.total.set(0);
		}

		@Override
		public void onStart(AzureOperationContext context) {
			this.total.incrementAndGet();
			this.most.accumulateAndGet(this.now.incrementAndGet(), Math::max);
		}

		@Override
		public void onStop(AzureOperationContext context) {
			this.now.decrementAndGet();
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof AzureOperationContext operation && operation.operation().equals("transaction");
		}

	}

	record Item(@PartitionKey String owner, @RowKey String id, int number) {
	}

}
