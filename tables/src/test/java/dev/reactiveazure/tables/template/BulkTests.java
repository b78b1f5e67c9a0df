package dev.reactiveazure.tables.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.reactiveazure.tables.Requirement;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TablesService;
import dev.reactiveazure.tables.UpdateMode;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.Table;
import dev.reactiveazure.tables.query.Query;
import dev.reactiveazure.tables.template.BulkResult.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.annotation.Version;

import static dev.reactiveazure.tables.Awaited.await;
import static dev.reactiveazure.tables.query.Criteria.where;
import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class BulkTests extends TemplateFixture {

	BulkTests(TablesService service) {
		super(service);
	}

	@Test
	@Requirement("T26")
	void answersEachWriteInBatchesOfItsPartition() {
		create();

		List<BulkResult<Item>> results = bulk(Flux.range(0, 450).map((i) -> TableWrite.insert(item(i % 3, i))));

		assertThat(results).hasSize(450).allMatch((result) -> result.outcome() == Outcome.DONE);
		assertThat(results.stream().map(BulkResult::index).toList())
			.containsExactlyInAnyOrderElementsOf(IntStream.range(0, 450).mapToObj((i) -> (long) i).toList());
		assertThat(results).allSatisfy((result) -> {
			Item entity = entity(result);
			assertThat(entity.etag()).isNotNull();
			assertThat(entity.number()).isEqualTo((int) result.index());
		});
		assertThat(operations()).hasSize(6).containsOnly("transaction");
		assertThat(stored()).hasSize(450);
	}

	@Test
	@Requirement("T26")
	void keepsTheOrderOfWritesToOneEntity() {
		create();
		List<TableWrite<Item>> writes = new ArrayList<>();
		for (int round = 0; round < 20; round++) {
			for (int i = 0; i < 10; i++) {
				writes.add(TableWrite.upsert(new Item("p" + i % 2, "r" + i, round, "x", null)));
			}
		}

		assertThat(bulk(Flux.fromIterable(writes))).hasSize(200).allMatch(BulkResult::isDone);

		assertThat(stored()).hasSize(10).allMatch((item) -> item.number() == 19);
	}

	@Test
	@Requirement("T27")
	void savesTheOthersOfABatchThatOneWriteFailed() {
		create();
		this.template.insert(item(0, 7)).block();
		this.template.insert(item(0, 31)).block();

		List<BulkResult<Item>> results = bulk(Flux.range(0, 50).map((i) -> TableWrite.insert(item(0, i))));

		assertThat(byOutcome(results)).containsEntry(Outcome.DONE, 48L).containsEntry(Outcome.REFUSED, 2L).hasSize(2);
		assertThat(results).filteredOn((result) -> !result.isDone()).allSatisfy((result) -> {
			assertThat(result.index()).isIn(7L, 31L);
			assertThat(result.error()).isInstanceOf(DuplicateKeyException.class)
				.hasMessageContaining("EntityAlreadyExists");
		});
		assertThat(stored()).hasSize(50);
	}

	@Test
	@Requirement("T27")
	void saysWhichWritesWereUndoneWhereItMustNotSplit() {
		create();
		this.template.insert(item(0, 7)).block();

		List<BulkResult<Item>> results = bulk(Flux.range(0, 10).map((i) -> TableWrite.insert(item(0, i))),
				BulkOptions.builder().splitOnFailure(false));

		assertThat(byOutcome(results)).containsEntry(Outcome.ROLLED_BACK, 9L).containsEntry(Outcome.REFUSED, 1L);
		assertThat(stored()).hasSize(1);
	}

	@Test
	@Requirement({ "T26", "T27" })
	void failsWhatCanNotBeSentAloneAndBeforeAnyRequest() {
		create();

		List<BulkResult<Item>> results = bulk(
				Flux.just(TableWrite.insert(item(0, 0)), TableWrite.insert(new Item("p0", "a/b", 1, "x", null)),
						TableWrite.insert(new Item("p0", "big", 2, "x".repeat(40_000), null)),
						TableWrite.update(new Item("p0", "new", 3, "x", null)), TableWrite.insert(item(0, 4))));

		assertThat(byOutcome(results)).containsEntry(Outcome.DONE, 2L).containsEntry(Outcome.INVALID, 3L);
		assertThat(result(results, 1).error()).isInstanceOf(DataIntegrityViolationException.class)
			.hasMessageContaining("RowKey");
		assertThat(result(results, 2).error()).isInstanceOf(DataIntegrityViolationException.class)
			.hasMessageContaining("text");
		assertThat(operations()).containsExactly("transaction");
	}

	@Test
	@Requirement("T27")
	void takesADeleteOfWhatDoesNotExistForDone() {
		create();
		this.template.insert(item(0, 1)).block();

		List<BulkResult<Item>> results = bulk(
				Flux.range(0, 3).map((i) -> TableWrite.delete(TableKey.of("p0", item(0, i).id()), Item.class)));

		assertThat(byOutcome(results)).containsEntry(Outcome.DONE, 1L).containsEntry(Outcome.ABSENT, 2L);
		assertThat(stored()).isEmpty();
	}

	@Test
	@Requirement("T27")
	void losesNoWriteAndDoesNoneTwiceAmongRandomFailures() {
		create();
		Random random = new Random(7);
		List<Integer> taken = random.ints(60, 0, 600).distinct().boxed().toList();
		Flux.fromIterable(taken).flatMap((i) -> this.template.insert(item(i % 7, i)), 8).blockLast();

		List<BulkResult<Item>> results = bulk(Flux.range(0, 600).map((i) -> TableWrite.insert(item(i % 7, i))),
				BulkOptions.builder().capacity(97).maxOperations(13).concurrency(3));

		assertThat(results).hasSize(600);
		assertThat(results)
			.allSatisfy((result) -> assertThat(result.isDone()).isEqualTo(!taken.contains((int) result.index())));
		assertThat(stored().stream().map(Item::number).toList())
			.containsExactlyInAnyOrderElementsOf(IntStream.range(0, 600).boxed().toList());
	}

	@Test
	@Requirement("T30")
	void guardsVersionsAsSingleWritesDo() {
		Item stale = await(this.template.insert(item(0, 1)));
		Item current = await(this.template.update(stale.withText("y")));
		Item other = await(this.template.insert(item(0, 2)));

		List<BulkResult<Item>> results = bulk(
				Flux.just(TableWrite.update(stale), TableWrite.save(other.withText("z"))));

		assertThat(result(results, 0).error()).isInstanceOf(OptimisticLockingFailureException.class);
		assertThat(result(results, 1).isDone()).isTrue();
		assertThat(stored()).contains(current).hasSize(2);
	}

	@Test
	@Requirement("T26")
	void asksForNoMoreThanItHasRoomFor() {
		create();
		AtomicLong requested = new AtomicLong();
		AtomicLong most = new AtomicLong();
		AtomicLong taken = new AtomicLong();
		Flux<TableWrite<Item>> source = Flux.range(0, 1000)
			.map((i) -> TableWrite.insert(item(i % 5, i)))
			.doOnRequest((n) -> most.accumulateAndGet(requested.addAndGet(n) - taken.get(), Math::max));

		StepVerifier
			.create(this.template.bulk(source, BulkOptions.builder().capacity(120).build())
				.doOnNext((result) -> taken.incrementAndGet()), 0)
			.thenRequest(10)
			.expectNextCount(10)
			.thenRequest(Long.MAX_VALUE)
			.expectNextCount(990)
			.verifyComplete();
		assertThat(most.get()).isLessThanOrEqualTo(120);
	}

	@Test
	void savesAllInTheOrderOfTheInput() {
		create();

		StepVerifier.create(this.template.saveAll(Flux.range(0, 250).map((i) -> item(i % 4, i))).map(Item::number))
			.expectNextSequence(IntStream.range(0, 250).boxed().toList())
			.verifyComplete();
		StepVerifier.create(this.template.insertAll(Flux.just(item(0, 300), item(0, 0), item(1, 301))).collectList())
			.verifyError(DuplicateKeyException.class);
	}

	@Test
	void tellsHowFarItIs() {
		create();
		List<BulkProgress> progress = Collections.synchronizedList(new ArrayList<>());

		bulk(Flux.range(0, 300).map((i) -> TableWrite.insert(item(0, i))),
				BulkOptions.builder().progress(progress::add));

		assertThat(progress).hasSize(3);
		BulkProgress last = progress.get(2);
		assertThat(last.received()).isEqualTo(300);
		assertThat(last.done()).isEqualTo(300);
		assertThat(last.failed()).isZero();
		assertThat(last.batches()).isZero();
	}

	@Test
	void endsWithTheErrorOfItsInputAfterWhatWasReceived() {
		create();
		Flux<TableWrite<Item>> source = Flux.range(0, 20)
			.map((i) -> TableWrite.insert(item(0, i)))
			.concatWith(Flux.error(new IllegalStateException("input")));

		StepVerifier.create(this.template.bulk(source, BulkOptions.defaults()))
			.expectNextCount(20)
			.verifyErrorMessage("input");
		assertThat(stored()).hasSize(20);
	}

	@Test
	@Requirement("T25")
	void deletesByQueryMovingKeysOnly() {
		this.template.insertAll(Flux.range(0, 230).map((i) -> item(i % 2, i))).blockLast();
		forgetCalls();

		assertThat(await(
				this.template.delete(Query.of(where(Item::owner).is("p1").and(Item::number).gte(30)), Item.class)))
			.isEqualTo(100);

		assertThat(operations()).startsWith("query").containsOnlyOnce("query").containsOnly("query", "transaction");
		assertThat(stored()).hasSize(130);
	}

	@Test
	@Requirement("T28")
	void carriesOutATransactionOrNothing() {
		Item first = await(this.template.insert(item(0, 1)));
		Item second = await(this.template.insert(item(0, 2)));

		TransactionEntities written = await(this.template
			.inTransaction(List.of(TableWrite.insert(item(0, 3)), TableWrite.update(first.withText("y"), merging()),
					TableWrite.delete(second), TableWrite.upsert(new Note("p0", "note", "n")))));

		assertThat(written.size()).isEqualTo(4);
		assertThat(written.get(2, Item.class)).isNull();
		assertThat(written.all(Item.class)).hasSize(2).allMatch((item) -> item.etag() != null);
		forgetCalls();
		StepVerifier
			.create(this.template.inTransaction(List.of(TableWrite.insert(item(0, 4)), TableWrite.insert(item(0, 3)))))
			.verifyError(DuplicateKeyException.class);
		for (List<TableWrite<?>> wrong : List.<List<TableWrite<?>>>of(
				List.of(TableWrite.insert(item(0, 5)), TableWrite.insert(item(1, 6))),
				List.of(TableWrite.insert(item(0, 5)), TableWrite.upsert(item(0, 5))),
				IntStream.range(0, 101).<TableWrite<?>>mapToObj((i) -> TableWrite.insert(item(0, 100 + i))).toList())) {
			StepVerifier.create(this.template.inTransaction(wrong)).verifyError(DataIntegrityViolationException.class);
		}
		assertThat(operations()).containsExactly("transaction");
		assertThat(await(this.template.findByKey("p0", item(0, 4).id(), Item.class).hasElement())).isFalse();
	}

	private static WriteOptions merging() {
		return WriteOptions.defaults().withMode(UpdateMode.MERGE);
	}

	private void create() {
		this.client.createTable(this.prefix + "item").block();
		forgetCalls();
	}

	private List<BulkResult<Item>> bulk(Flux<TableWrite<Item>> writes) {
		return bulk(writes, BulkOptions.builder().linger(Duration.ofMinutes(1)));
	}

	private List<BulkResult<Item>> bulk(Flux<TableWrite<Item>> writes, BulkOptions.Builder options) {
		forgetCalls();
		return await(this.template.bulk(writes, options.build()).collectList());
	}

	private List<Item> stored() {
		return await(this.template.findAll(Item.class).collectList());
	}

	private static Map<Outcome, Long> byOutcome(List<BulkResult<Item>> results) {
		return results.stream().collect(Collectors.groupingBy(BulkResult::outcome, Collectors.counting()));
	}

	private static BulkResult<Item> result(List<BulkResult<Item>> results, long index) {
		return results.stream().filter((result) -> result.index() == index).findFirst().orElseThrow();
	}

	private static Item entity(BulkResult<Item> result) {
		Item entity = result.entity();
		assertThat(entity).isNotNull();
		return entity;
	}

	private static Item item(int partition, int number) {
		return new Item("p" + partition, String.format("r%06d", number), number, "x", null);
	}

	record Item(@PartitionKey String owner, @RowKey String id, int number, String text,
			@Version @Nullable String etag) {

		Item withText(String newText) {
			return new Item(this.owner, this.id, this.number, newText, this.etag);
		}

	}

	@Table("item")
	record Note(@PartitionKey String owner, @RowKey String id, String text) {
	}

}
