package dev.reactiveazure.tables;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.reactiveazure.core.AlreadyExistsException;
import dev.reactiveazure.core.AuthenticationException;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.ConditionNotMetException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.core.NotSentException;
import dev.reactiveazure.core.PermissionException;
import dev.reactiveazure.tables.conformance.AzuriteDeviation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class TableClientTests {

	private final TablesService service;

	private final String tableName = "t" + UUID.randomUUID().toString().replace("-", "");

	private TableServiceClient client;

	private TableClient table;

	TableClientTests(TablesService service) {
		this.service = service;
		this.client = service.client();
		this.table = this.client.getTableClient(this.tableName);
	}

	@BeforeEach
	void createTable() {
		this.client.createTable(this.tableName).block();
	}

	@AfterEach
	void close() {
		this.client.deleteTable(this.tableName).block();
		this.client.close();
	}

	@Test
	void insertsAnEntityAndReadsItBackWithItsVersion() {
		TableEntity entity = TableEntity.builder("ada", "1").put("total", 12.5).put("count", 3).build();

		TableEntity inserted = await(this.table.insert(entity));
		TableEntity read = await(this.table.get("ada", "1"));

		assertThat(read).isNotNull();
		assertThat(read.properties()).isEqualTo(entity.properties());
		assertThat(inserted.etag()).isNotNull().isEqualTo(read.etag());
		assertThat(read.timestamp()).isNotNull();
	}

	@Test
	void refusesToInsertAKeyTwice() {
		TableEntity entity = TableEntity.builder("ada", "1").build();
		this.table.insert(entity).block();

		StepVerifier.create(this.table.insert(entity)).expectErrorSatisfies((error) -> {
			assertThat(error).isInstanceOf(AlreadyExistsException.class);
			AlreadyExistsException refusal = (AlreadyExistsException) error;
			assertThat(refusal.error().code()).isEqualTo("EntityAlreadyExists");
			assertThat(refusal).hasMessageContaining("insert entity").hasMessageContaining(this.tableName);
		}).verify();
	}

	@Test
	void readsAnAbsentEntityAsNothing() {
		StepVerifier.create(this.table.get("nobody", "0")).verifyComplete();
	}

	@Test
	void tellsAMissingTableFromAMissingEntity() {
		StepVerifier.create(this.client.getTableClient("missing").get("a", "b"))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(NotFoundException.class)
				.hasMessageContaining("TableNotFound")
				.hasMessageContaining("Create the table first"))
			.verify();
	}

	@Test
	void replacesAnEntityUnderItsVersion() {
		TableEntity first = await(this.table.insert(TableEntity.builder("p", "r").put("a", 1).put("b", 2).build()));

		TableEntity second = await(this.table.replace(first.toBuilder().put("a", 10).put("b", null).build()));

		assertThat(second.etag()).isNotEqualTo(first.etag());
		assertThat(await(this.table.get("p", "r")).properties()).containsOnlyKeys("a").containsEntry("a", 10);
		StepVerifier.create(this.table.replace(first)).verifyError(ConditionNotMetException.class);
	}

	@Test
	void mergesAnEntityUnderItsVersion() {
		TableEntity first = await(this.table.insert(TableEntity.builder("p", "r").put("a", 1).put("b", 2).build()));

		TableEntity change = TableEntity.builder("p", "r").put("a", 10).etag(first.etag()).build();
		TableEntity second = await(this.table.merge(change));

		TableEntity read = await(this.table.get("p", "r"));
		assertThat(read.properties()).containsEntry("a", 10).containsEntry("b", 2);
		assertThat(read.etag()).isEqualTo(second.etag());
		StepVerifier.create(this.table.merge(change)).verifyError(ConditionNotMetException.class);
	}

	@Test
	void refusesToReplaceWithoutVersionOrCondition() {
		StepVerifier.create(this.table.replace(TableEntity.builder("p", "r").build()))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(InvalidEntityException.class)
				.hasMessageContaining("MatchCondition.any()"))
			.verify();
		StepVerifier.create(this.table.get("p", "r")).verifyComplete();
	}

	@Test
	void replacesWhateverVersionUnderAny() {
		TableEntity entity = TableEntity.builder("p", "r").put("a", 1).build();

		StepVerifier.create(this.table.replace(entity, MatchCondition.any())).verifyError(NotFoundException.class);
		this.table.insert(entity).block();
		assertThat(await(this.table.replace(entity, MatchCondition.any())).etag()).isNotNull();
	}

	@Test
	void upsertsByReplaceAndMerge() {
		this.table.upsert(TableEntity.builder("p", "r").put("a", 1).build(), UpdateMode.REPLACE).block();
		this.table.upsert(TableEntity.builder("p", "r").put("b", 2).build(), UpdateMode.MERGE).block();
		assertThat(await(this.table.get("p", "r")).properties()).containsOnlyKeys("a", "b");

		TableEntity last = await(
				this.table.upsert(TableEntity.builder("p", "r").put("c", 3).build(), UpdateMode.REPLACE));

		TableEntity read = await(this.table.get("p", "r"));
		assertThat(read.properties()).containsOnlyKeys("c");
		assertThat(read.etag()).isEqualTo(last.etag());
	}

	@Test
	void deletesUnderConditionsAndSaysWhetherThereWasOne() {
		TableEntity first = await(this.table.insert(TableEntity.builder("p", "r").build()));
		TableEntity second = await(this.table.replace(first));

		StepVerifier.create(this.table.delete(first)).verifyError(ConditionNotMetException.class);
		StepVerifier.create(this.table.delete(second)).expectNext(true).verifyComplete();
		StepVerifier.create(this.table.delete(second.key(), MatchCondition.any())).expectNext(false).verifyComplete();
	}

	@Test
	void keepsEveryTypeExactly() {
		TableEntity entity = TableEntity.builder("types", "1")
			.put("Text", "plain \u00e9 \ud83d\ude00 \"quoted\" \\ \n\t\u0001")
			.put("EmptyText", "")
			.put("Int", Integer.MIN_VALUE)
			.put("Big", Long.MAX_VALUE)
			.put("Small", 5L)
			.put("Whole", 5.0)
			.put("Fraction", 3.14)
			.put("Tiny", Double.MIN_VALUE)
			.put("NotANumber", Double.NaN)
			.put("Up", Double.POSITIVE_INFINITY)
			.put("Down", Double.NEGATIVE_INFINITY)
			.put("Yes", true)
			.put("When", Instant.parse("2026-11-22T05:45:17.1234567Z"))
			.put("First", Instant.parse("1601-01-01T00:00:00Z"))
			.put("Guid", UUID.fromString("c9da6455-213d-42c9-9a79-3e9149a57833"))
			.put("Bytes", new byte[] { 0, 1, -1 })
			.put("NoBytes", new byte[0])
			.build();

		this.table.insert(entity).block();
		TableEntity read = await(this.table.get("types", "1"));

		assertThat(read.properties().keySet()).isEqualTo(entity.properties().keySet());
		entity.properties()
			.forEach((name, value) -> assertThat(read.get(name)).as(name).isEqualTo(value).hasSameClassAs(value));
	}

	@Test
	void takesEveryLegalKey() {
		List<String> keys = List.of("", "it's", "a b+c", "100%", "%2F", "\u00e9", "\ud83d\ude00", "a=b&c", "x,y(z)",
				"a;b:c@d", "\"", "'", "~-._");
		for (String key : keys) {
			TableEntity inserted = await(this.table.insert(TableEntity.builder(key, key).put("key", key).build()));

			TableEntity read = await(this.table.get(key, key));

			assertThat(read).as("key '%s'", key).isNotNull();
			assertThat(read.key()).isEqualTo(TableKey.of(key, key));
			assertThat(await(this.table.replace(inserted))).isNotNull();
			String filter = "PartitionKey eq " + EdmType.STRING.literal(key);
			assertThat(await(this.table.query(TableQuery.filter(filter)).collectList())).as("filter '%s'", key)
				.hasSize(1);
		}
		assertThat(await(this.table.query(TableQuery.all()).count())).isEqualTo(keys.size());
	}

	@Test
	void keepsRandomEntitiesOfAllTypes() {
		Random random = new Random(4711);
		List<TableEntity> entities = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			entities.add(RandomEntities.next(random, "p" + i));
		}

		Flux.fromIterable(entities).flatMap(this.table::insert, 16).blockLast();
		List<TableEntity> read = await(this.table.query(TableQuery.all().pageSize(50)).collectList());

		assertThat(read).hasSameSizeAs(entities);
		for (TableEntity entity : entities) {
			TableEntity stored = read.stream()
				.filter((row) -> row.key().equals(entity.key()))
				.findFirst()
				.orElseThrow();
			assertThat(stored.hasPropertiesOf(entity)).as("%s", entity).isTrue();
			assertThat(stored.properties()).hasSameSizeAs(entity.properties());
		}
	}

	@Test
	void queriesByFilterSelectAndLimitAcrossPages() {
		Flux.range(0, 25)
			.flatMap((i) -> this.table
				.insert(TableEntity.builder("p", String.format("%02d", i)).put("n", i).put("other", "x").build()))
			.blockLast();

		TableQuery query = TableQuery.filter("n ge 5").select("RowKey", "n").pageSize(4).limit(10);
		List<TableEntity> found = await(this.table.query(query).collectList());

		assertThat(found).extracting((entity) -> entity.get("n"))
			.containsExactlyElementsOf(IntStream.range(5, 15).boxed().toList());
		assertThat(found).allSatisfy((entity) -> {
			assertThat(entity.properties()).containsOnlyKeys("n");
			assertThat(entity.etag()).isNotNull();
		});
	}

	@Test
	void resumesFromAPagesToken() {
		Flux.range(0, 10)
			.flatMap((i) -> this.table.insert(TableEntity.builder("p", "r" + i).put("n", i).build()))
			.blockLast();

		TablePage<TableEntity> first = await(this.table.pages(TableQuery.all().pageSize(4)).next());
		List<TableEntity> rest = await(
				this.table.query(TableQuery.all().pageSize(4).from(first.continuation())).collectList());

		assertThat(first.items()).extracting(TableEntity::rowKey).containsExactly("r0", "r1", "r2", "r3");
		assertThat(rest).extracting(TableEntity::rowKey).containsExactly("r4", "r5", "r6", "r7", "r8", "r9");
	}

	@Test
	void createsTablesOnlyOnce() {
		StepVerifier.create(this.client.createTableIfAbsent(this.tableName)).expectNext(false).verifyComplete();
		StepVerifier.create(this.client.createTable(this.tableName)).verifyError(AlreadyExistsException.class);
		StepVerifier.create(this.client.deleteTable("never" + this.tableName.substring(0, 20)))
			.expectNext(false)
			.verifyComplete();
	}

	@Test
	void saysThatTheKeyIsWrongAndDoesNotShowIt() {
		Class<?> refusal = AzuriteDeviation.WRONG_KEY_IS_AUTHORIZATION_FAILURE.isIn(this.service)
				? PermissionException.class : AuthenticationException.class;
		String wrongKey = "d3Jvbmcga2V5IG9mIHRoZSBhY2NvdW50";
		try (TableServiceClient other = TableServiceClient.builder()
			.endpoint(this.client.endpoint())
			.credential(new AzureCredential.SharedKey("devstoreaccount1", wrongKey))
			.build()) {
			StepVerifier.create(other.getTableClient(this.tableName).get("a", "b"))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(refusal)
					.hasMessageContaining("403")
					.hasMessageNotContaining(wrongKey))
				.verify();
		}
	}

	@Test
	void refusesCallsAfterCloseWhichIsIdempotent() {
		TableServiceClient other = this.service.client();
		TableClient borrowed = other.getTableClient(this.tableName);
		other.close();
		other.close();

		StepVerifier.create(borrowed.get("a", "b"))
			.expectErrorSatisfies(
					(error) -> assertThat(error).isInstanceOf(NotSentException.class).hasMessageContaining("closed"))
			.verify();
	}

	@Test
	void refusesTableNamesThatTheServiceWouldRefuse() {
		for (String name : List.of("", "ab", "1abc", "with-dash", "tables", "a".repeat(64))) {
			assertThatExceptionOfType(InvalidEntityException.class).isThrownBy(() -> this.client.getTableClient(name))
				.withMessageContaining("'" + name + "'");
		}
	}

}
