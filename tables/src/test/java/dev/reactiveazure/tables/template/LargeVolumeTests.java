package dev.reactiveazure.tables.template;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import dev.reactiveazure.core.AzureOperationContext;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.tables.Requirement;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.query.Query;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Much of everything, in flat memory.
 * <p>
 * The size is small in each build; the real one is a command of its own:
 *
 * <pre>
 * mvn -pl tables -am test -Dtest=LargeVolumeTests -Dsurefire.failIfNoSpecifiedTests=false
 *   -Dvolume.writes=1000000 -Dvolume.partitions=10000 -Dvolume.rows=1000000
 * </pre>
 *
 * The emulator runs in the same JVM, so it gives up what is written: memory is that of
 * the client, with what the emulator needs for a request.
 */
class LargeVolumeTests {

	private static final long MOST_GROWTH = 64L * 1024 * 1024;

	private final int writes = Integer.getInteger("volume.writes", 20_000);

	private final int partitions = Integer.getInteger("volume.partitions", 200);

	private final int rows = Integer.getInteger("volume.rows", 10_000);

	private final AzureEmulator emulator = AzureEmulator.builder().eventGrid(false).start();

	private final Calls calls = new Calls();

	private final TableServiceClient client = TableServiceClient.builder()
		.connectionString(this.emulator.tablesConnectionString())
		.observationRegistry(this.calls.registry())
		.build();

	private final TableTemplate template = new TableTemplate(this.client, new TableMappingContext());

	@AfterEach
	void close() {
		this.client.close();
		this.emulator.close();
	}

	@Test
	@Requirement("T26")
	void writesAStreamOverManyPartitionsInFlatMemory() {
		this.client.createTable("item").block();
		// What the emulator stores is there before the first look at the heap.
		this.template
			.bulk(Flux.range(0, this.partitions * 10).map((i) -> TableWrite.upsert(item(i))), BulkOptions.defaults())
			.blockLast();
		long[] seen = new long[this.writes / 64 + 1];
		AtomicLong failures = new AtomicLong();
		Heap heap = new Heap();
		Flux<TableWrite<Item>> source = Flux.range(0, this.writes).map((i) -> TableWrite.upsert(item(i)));

		long results = this.template.bulk(source, BulkOptions.defaults()).doOnNext((result) -> {
			int index = (int) result.index();
			boolean twice = (seen[index / 64] & (1L << index)) != 0;
			seen[index / 64] |= 1L << index;
			if (twice || !result.isDone()) {
				failures.incrementAndGet();
			}
			if (index % 20_000 == 0) {
				heap.look();
			}
		}).count().blockOptional(Duration.ofMinutes(30)).orElseThrow();

		assertThat(results).isEqualTo(this.writes);
		assertThat(failures).hasValue(0);
		report("bulk of " + this.writes + " writes over " + this.partitions + " partitions", heap);
		assertThat(heap.growth()).isLessThan(MOST_GROWTH);
	}

	/**
	 * Return one of as many entities as keep the emulator's own memory small: each
	 * partition is written over and over. Partitions take turns by batches of ten.
	 */
	private Item item(int i) {
		int partition = (i / 10) % this.partitions;
		return new Item("p" + partition, "r" + i % 10, i, "some text of an entity");
	}

	@Test
	@Requirement("T23")
	void readsManyRowsBeforeASlowConsumerInFlatMemory() {
		int stored = Math.min(this.rows, 20_000);
		this.client.createTable("item").block();
		this.template
			.insertAll(Flux.range(0, stored).map((i) -> new Item("p" + i / 100, "r" + i, i, "some text of an entity")))
			.blockLast();
		Heap heap = new Heap();
		LongAdder read = new LongAdder();
		AtomicInteger ahead = new AtomicInteger();
		this.calls.queries.set(0);
		// The same rows again and again, as one stream.
		Flux<Item> all = Flux.defer(() -> this.template.find(Query.all(), Item.class)).repeat().take(this.rows);

		Mono<Void> slow = Mono.create((done) -> all.subscribe(new OneByOne(done::success, done::error, () -> {
			read.increment();
			long needed = read.sum() / 1000 + read.sum() / stored + 1;
			ahead.accumulateAndGet((int) (this.calls.queries.get() - needed), Math::max);
			if (read.sum() % 10_000 == 0) {
				heap.look();
			}
		})));
		slow.block(Duration.ofMinutes(30));

		assertThat(read.sum()).isEqualTo(this.rows);
		assertThat(ahead.get()).isLessThanOrEqualTo(1);
		report("read of " + this.rows + " rows by a consumer that asks for each", heap);
		assertThat(heap.growth()).isLessThan(MOST_GROWTH);
	}

	private void report(String what, Heap heap) {
		System.out.println(what + ": heap at most " + heap.growth() / 1024 + " KiB over its baseline of "
				+ heap.baseline / 1024 + " KiB, " + heap.elapsed() + " ms, " + this.calls.all.get() + " requests");
	}

	record Item(@PartitionKey String owner, @RowKey String id, int number, String text) {
	}

	/**
	 * Asks for one item at a time, as a consumer does that is slower than the service.
	 */
	private static final class OneByOne extends BaseSubscriber<Item> {

		private final Runnable end;

		private final Consumer<Throwable> error;

		private final Runnable item;

		OneByOne(Runnable end, Consumer<Throwable> error, Runnable item) {
			this.end = end;
			this.error = error;
			this.item = item;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			request(1);
		}

		@Override
		protected void hookOnNext(Item value) {
			this.item.run();
			request(1);
		}

		@Override
		protected void hookOnComplete() {
			this.end.run();
		}

		@Override
		protected void hookOnError(Throwable throwable) {
			this.error.accept(throwable);
		}

	}

	/**
	 * How much is in use after a collection, compared with the beginning.
	 */
	private static final class Heap {

		private final long baseline = used();

		private final long start = System.nanoTime();

		private long most = this.baseline;

		void look() {
			this.most = Math.max(this.most, used());
		}

		long growth() {
			return this.most - this.baseline;
		}

		long elapsed() {
			return (System.nanoTime() - this.start) / 1_000_000;
		}

		private static long used() {
			System.gc();
			Runtime runtime = Runtime.getRuntime();
			return runtime.totalMemory() - runtime.freeMemory();
		}

	}

	/**
	 * Counts calls.
	 */
	private static final class Calls implements ObservationHandler<AzureOperationContext> {

		private final AtomicLong all = new AtomicLong();

		private final AtomicLong queries = new AtomicLong();

		ObservationRegistry registry() {
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig().observationHandler(this);
			return registry;
		}

		@Override
		public void onStart(AzureOperationContext context) {
			this.all.incrementAndGet();
			if (context.operation().equals("query")) {
				this.queries.incrementAndGet();
			}
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof AzureOperationContext;
		}

	}

}
