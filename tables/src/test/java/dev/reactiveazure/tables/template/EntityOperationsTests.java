package dev.reactiveazure.tables.template;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;

import dev.reactiveazure.tables.ETag;
import dev.reactiveazure.tables.MatchCondition;
import dev.reactiveazure.tables.Requirement;
import dev.reactiveazure.tables.TableClient;
import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TablesService;
import dev.reactiveazure.tables.UpdateMode;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.query.Update;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.annotation.Version;
import org.springframework.data.mapping.callback.ReactiveEntityCallbacks;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class EntityOperationsTests extends TemplateFixture {

	EntityOperationsTests(TablesService service) {
		super(service);
	}

	@Test
	@Requirement("T2")
	void emitsTheNewVersionWithoutAnotherRequest() {
		create();
		Account given = new Account("a", "1", "Ada", 1, null);

		Account inserted = await(this.template.insert(given));
		Account updated = await(this.template.update(inserted.withName("Eve")));
		Account saved = await(this.template.save(updated.withName("Bob")));
		Account merged = await(this.template.upsert(saved.withName(null), UpdateMode.MERGE));

		assertThat(given.etag()).isNull();
		assertThat(List.of(version(inserted), version(updated), version(saved), version(merged)))
			.doesNotHaveDuplicates();
		assertThat(operations()).containsExactly("insert", "replace", "replace", "merge");
		Account stored = await(this.template.findByKey("a", "1", Account.class));
		assertThat(stored.etag()).isEqualTo(merged.etag());
		assertThat(stored.name()).isEqualTo("Bob");
	}

	@Test
	@Requirement("T3")
	void keepsTheRowFromWritesOfAStaleVersion() {
		Account stale = await(this.template.insert(new Account("a", "1", "Ada", 1, null)));
		Account current = await(this.template.update(stale.withName("Eve")));

		for (Mono<?> write : List.<Mono<?>>of(this.template.update(stale),
				this.template.update(stale, UpdateMode.MERGE), this.template.upsert(stale),
				this.template.upsert(stale, UpdateMode.MERGE), this.template.save(stale), this.template.delete(stale),
				this.template.delete(TableKey.of("a", "1"), Account.class,
						MatchCondition.unchangedSince(ETag.of(version(stale)))),
				this.template.update(TableKey.of("a", "1"), Update.merging().set("name", "x").ifVersion(version(stale)),
						Account.class),
				this.template.update(TableKey.of("a", "1"), Update.rewriting().remove("name").ifVersion(version(stale)),
						Account.class),
				this.template.inTransaction(List.of(TableWrite.update(stale))),
				this.template.inTransaction(List.of(TableWrite.upsert(stale))),
				this.template.inTransaction(List.of(TableWrite.save(stale))),
				this.template.inTransaction(List.of(TableWrite.delete(stale))))) {
			StepVerifier.create(write).verifyError(OptimisticLockingFailureException.class);
		}
		assertThat(await(this.template.findByKey("a", "1", Account.class))).isEqualTo(current);
	}

	@Test
	@Requirement("T3")
	void takesConditionsInThePlaceOfTheVersion() {
		Account stale = await(this.template.insert(new Account("a", "1", "Ada", 1, null)));
		Account current = await(this.template.update(stale.withName("Eve")));

		Account forced = await(this.template.update(stale.withName("forced"), WriteOptions.defaults().ifExists()));
		StepVerifier
			.create(this.template.update(stale, WriteOptions.defaults().ifUnchangedSince(ETag.of(version(current)))))
			.verifyError(OptimisticLockingFailureException.class);
		Account last = await(this.template.upsert(stale.withName("last"),
				WriteOptions.defaults().ifUnchangedSince(ETag.of(version(forced)))));

		assertThat(await(this.template.findByKey("a", "1", Account.class))).isEqualTo(last);
	}

	@Test
	@Requirement("T4")
	void savesByWhatTheVersionSays() {
		create();
		Account inserted = await(this.template.save(new Account("a", "1", "Ada", 1, null)));
		this.template.save(inserted.withName("Eve")).block();
		this.template.save(new Note("a", "1", "first")).block();
		this.template.save(new Note("a", "1", "second")).block();

		assertThat(operations().stream().filter((name) -> !name.equals("create_table")).toList())
			.containsExactly("insert", "replace", "upsert_replace", "upsert_replace", "upsert_replace");
		assertThat(await(this.template.findByKey("a", "1", Note.class)).text()).isEqualTo("second");
	}

	@Test
	@Requirement("T5")
	void keepsWhatMergesDoNotNameAndDropsWhatReplacesDoNot() {
		Account first = await(this.template.insert(new Account("a", "1", "Ada", 1, null)));

		Account merged = await(this.template.update(first.withName(null), UpdateMode.MERGE));
		assertThat(await(this.template.findByKey("a", "1", Account.class)).name()).isEqualTo("Ada");
		this.template.update(merged.withName(null), UpdateMode.REPLACE).block();
		assertThat(await(this.template.findByKey("a", "1", Account.class)).name()).isNull();
	}

	@Test
	@Requirement("T5")
	void takesTheDefaultModeOfTheTemplate() {
		TableTemplate merging = builder()
			.options(TableTemplateOptions.defaults().withCreateTables(true).withUpdateMode(UpdateMode.MERGE))
			.build();
		Account first = await(merging.insert(new Account("a", "1", "Ada", 1, null)));

		merging.update(first.withName(null)).block();

		assertThat(await(merging.findByKey("a", "1", Account.class)).name()).isEqualTo("Ada");
	}

	@Test
	@Requirement("T5")
	void updatesSomePropertiesAndLeavesColumnsThatItDoesNotKnow() {
		TableKey key = TableKey.of("a", "1");
		this.template.insert(new Account("a", "1", "Ada", 1, null)).block();
		raw((client) -> client.merge(TableEntity.builder(key).put("other", 7L).build(), MatchCondition.any()));

		assertThat(await(this.template.update(key, Update.merging().set(Account::visits, 5), Account.class))).isTrue();
		assertThat(await(
				this.template.update(key, Update.rewriting().set("visits", 6).remove(Account::name), Account.class)))
			.isTrue();
		assertThat(
				await(this.template.update(TableKey.of("a", "none"), Update.merging().set("visits", 5), Account.class)))
			.isFalse();
		assertThat(await(
				this.template.update(TableKey.of("a", "none"), Update.rewriting().set("visits", 5), Account.class)))
			.isFalse();

		TableEntity row = raw((client) -> client.get(key));
		assertThat(row.properties()).containsOnlyKeys("visits", "other").containsEntry("visits", 6);
	}

	@Test
	@Requirement("T5")
	void saysWhatAnUpdateCanNotDoWhenItIsBuilt() {
		assertThatIllegalStateException().isThrownBy(() -> Update.merging().remove("name"))
			.withMessageContaining("can't remove property 'name'")
			.withMessageContaining("Update.rewriting()");
		for (Update wrong : List.of(Update.merging(), Update.merging().set("owner", "x"),
				Update.merging().set("etag", "x"), Update.merging().set("visits", "many"),
				Update.merging().set("unknown", 1))) {
			StepVerifier.create(this.template.update(TableKey.of("a", "1"), wrong, Account.class))
				.verifyError(IllegalArgumentException.class);
		}
		assertThat(operations()).isEmpty();
	}

	@Test
	@Requirement("T6")
	void answersNothingForWhatDoesNotExistWithoutAnError() {
		create();

		StepVerifier.create(this.template.findByKey("a", "none", Account.class)).verifyComplete();
		StepVerifier.create(this.template.exists(TableKey.of("a", "none"), Account.class))
			.expectNext(false)
			.verifyComplete();
		StepVerifier.create(this.template.delete(TableKey.of("a", "none"), Account.class))
			.expectNext(false)
			.verifyComplete();

		assertThat(calls()).hasSize(3).allSatisfy((call) -> {
			assertThat(call.status()).isEqualTo(404);
			assertThat(call.getError()).isNull();
		});
	}

	@Test
	@Requirement("T25")
	void findsManyByTheirKeysInTheOrderOfTheInput() {
		Flux.range(0, 30)
			.concatMap((i) -> this.template.insert(new Account("p" + i % 3, "r" + i, "n" + i, i, null)))
			.blockLast();
		List<TableKey> keys = IntStream.of(29, 3, 100, 7, 12, 0, 28)
			.mapToObj((i) -> TableKey.of("p" + i % 3, "r" + i))
			.toList();

		StepVerifier.create(this.template.findAllByKey(Flux.fromIterable(keys), Account.class).map(Account::visits))
			.expectNext(29, 3, 7, 12, 0, 28)
			.verifyComplete();
	}

	@Test
	void modifiesAnEntityByWhatItIs() {
		TableKey key = TableKey.of("a", "1");
		this.template.insert(new Account("a", "1", "Ada", 1, null)).block();

		Account modified = await(this.template.modify(key, Account.class,
				(account) -> new Account("a", "1", account.name(), account.visits() + 1, null)));

		assertThat(modified.visits()).isEqualTo(2);
		assertThat(await(this.template.findByKey(key, Account.class))).isEqualTo(modified);
		StepVerifier.create(this.template.modify(TableKey.of("a", "none"), Account.class, (account) -> account))
			.verifyComplete();
		StepVerifier.create(this.template.modify(key, Account.class, (account) -> new Account("a", "2", "x", 1, null)))
			.verifyError(InvalidDataAccessApiUsageException.class);
		StepVerifier.create(this.template.modify(TableKey.of("a", "1"), Note.class, (note) -> note))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(InvalidDataAccessApiUsageException.class)
				.hasMessageContaining("@Version"))
			.verify();
	}

	@Test
	void givesUpAfterAsManyAttemptsAsTheOptionsSay() {
		TableKey key = TableKey.of("a", "1");
		ReactiveBeforeSaveCallback<Account> somebodyElse = (account, table) -> this.client.getTableClient(table)
			.merge(TableEntity.builder(key).put("visits", account.visits() + 10).build(), MatchCondition.any())
			.thenReturn(account);
		TableTemplate impatient = builder()
			.options(TableTemplateOptions.defaults().withCreateTables(true).withModifyAttempts(3))
			.entityCallbacks(ReactiveEntityCallbacks.create(somebodyElse))
			.build();
		this.template.insert(new Account("a", "1", "Ada", 1, null)).block();

		StepVerifier.create(impatient.modify(key, Account.class, (account) -> account))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(OptimisticLockingFailureException.class)
				.hasMessageContaining("3 times in a row"))
			.verify(Duration.ofSeconds(30));
		assertThat(await(this.template.findByKey(key, Account.class)).visits()).isEqualTo(31);
	}

	@Test
	void countsEveryIncrementOfManyWritersOnTwoTemplates() {
		int writers = Integer.getInteger("modify.writers", 10);
		int increments = Integer.getInteger("modify.increments", 10);
		TableKey key = TableKey.of("a", "1");
		TableTemplate other = builder().build();
		this.template.insert(new Account("a", "1", "Ada", 0, null)).block();

		Flux.range(0, writers)
			.flatMap((writer) -> Flux.range(0, increments)
				.concatMap((i) -> ((writer % 2 == 0) ? this.template : other).modify(key, Account.class,
						(account) -> account.visited())),
					writers)
			.blockLast(Duration.ofMinutes(5));

		assertThat(await(this.template.findByKey(key, Account.class)).visits()).isEqualTo(writers * increments);
	}

	@Test
	void createsAnEntityOnceHoweverManyAskForIt() {
		TableKey key = TableKey.of("a", "1");

		List<Account> accounts = await(Flux.range(0, 20)
			.flatMap(
					(i) -> this.template.getOrCreate(key, Account.class, () -> new Account("a", "1", "n" + i, i, null)),
					20)
			.collectList());

		assertThat(accounts).hasSize(20).containsOnly(await(this.template.findByKey(key, Account.class)));
	}

	@Test
	@Requirement("T32")
	void createsATableOnceHoweverManyMissIt() {
		Flux.range(0, 16)
			.flatMap((i) -> this.template.insert(new Account("a", "r" + i, null, i, null)), 16)
			.blockLast();

		assertThat(operations().stream().filter("create_table"::equals)).hasSize(1);
	}

	private void create() {
		this.client.createTable(this.prefix + "account").block();
		forgetCalls();
	}

	private <R> R raw(Function<TableClient, Mono<R>> action) {
		return await(action.apply(this.client.getTableClient(this.prefix + "account")));
	}

	private static String version(Account account) {
		return Objects.requireNonNull(account.etag());
	}

	record Account(@PartitionKey String owner, @RowKey String id, @Nullable String name, int visits,
			@Version @Nullable String etag) {

		Account withName(@Nullable String newName) {
			return new Account(this.owner, this.id, newName, this.visits, this.etag);
		}

		Account visited() {
			return new Account(this.owner, this.id, this.name, this.visits + 1, this.etag);
		}

	}

	record Note(@PartitionKey String owner, @RowKey String id, String text) {
	}

}
