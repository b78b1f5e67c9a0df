package dev.reactiveazure.tables.template;

import java.util.UUID;

import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.TablesService;
import dev.reactiveazure.tables.UpdateMode;
import dev.reactiveazure.tables.mapping.Everything;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.Table;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.query.Query;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.annotation.Version;

import static dev.reactiveazure.tables.Awaited.await;
import static dev.reactiveazure.tables.query.Criteria.where;
import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class TableTemplateTests {

	private final String tenant = UUID.randomUUID().toString();

	private final TableServiceClient client;

	private final TableTemplate template;

	TableTemplateTests(TablesService service) {
		this.client = service.client();
		this.template = new TableTemplate(this.client, new TableMappingContext(),
				TableTemplateOptions.defaults().withCreateTables(true));
	}

	@AfterEach
	void close() {
		this.client.close();
	}

	@Test
	void insertsAndFindsARecordExactly() {
		Everything before = Everything.example(this.tenant);

		Everything inserted = await(this.template.insert(before));
		Everything found = await(
				this.template.findByKey(TableKey.of(this.tenant, before.id().toString()), Everything.class));

		assertThat(inserted.etag()).isNotNull().isEqualTo(found.etag());
		assertThat(found.modified()).isNotNull();
		assertThat(found).usingRecursiveComparison()
			.ignoringFields("etag", "modified", "computed", "session")
			.isEqualTo(before);
		assertThat(found.computed()).isNull();
	}

	@Test
	void keepsAbsentValuesAbsent() {
		Order order = await(this.template.insert(new Order(this.tenant, "1", null, 0, null)));

		assertThat(await(this.template.findByKey(this.tenant, "1", Order.class))).isEqualTo(order);
	}

	@Test
	void guardsUpdatesAndDeletesByTheVersion() {
		Order first = await(this.template.insert(new Order(this.tenant, "1", "new", 1, null)));
		Order second = await(this.template.update(first.with("paid")));

		assertThat(second.etag()).isNotEqualTo(first.etag());
		StepVerifier.create(this.template.update(first)).verifyError(OptimisticLockingFailureException.class);
		StepVerifier.create(this.template.upsert(first)).verifyError(OptimisticLockingFailureException.class);
		StepVerifier.create(this.template.delete(first)).verifyError(OptimisticLockingFailureException.class);
		StepVerifier.create(this.template.delete(second)).expectNext(true).verifyComplete();
		StepVerifier.create(this.template.update(second)).verifyError(OptimisticLockingFailureException.class);
		StepVerifier.create(this.template.update(new Order(this.tenant, "1", null, 0, null)))
			.verifyError(InvalidDataAccessApiUsageException.class);
	}

	@Test
	void updatesAClassWithoutVersionWhateverIsStored() {
		Unversioned row = new Unversioned(this.tenant, "1", "a");

		this.template.upsert(new Unversioned(this.tenant, "0", "")).block();
		StepVerifier.create(this.template.update(row)).verifyError(DataRetrievalFailureException.class);
		this.template.insert(row).block();
		StepVerifier.create(this.template.update(new Unversioned(this.tenant, "1", "b"), UpdateMode.MERGE))
			.expectNextCount(1)
			.verifyComplete();
		assertThat(await(this.template.findByKey(this.tenant, "1", Unversioned.class)).text()).isEqualTo("b");
		StepVerifier.create(this.template.delete(TableKey.of(this.tenant, "1"), Unversioned.class))
			.expectNext(true)
			.verifyComplete();
	}

	@Test
	void findsByCriteriaAndByParameters() {
		Flux.range(0, 12)
			.flatMap((i) -> this.template
				.insert(new Order(this.tenant, "r" + (10 + i), (i % 2 == 0) ? "a" : "b", i, null)))
			.blockLast();

		StepVerifier.create(
				this.template
					.find(Query.of(where(Order::customer).is(this.tenant).and("quantity").gte(3)).pageSize(2).limit(4),
							Order.class)
					.map(Order::quantity))
			.expectNext(3, 4, 5, 6)
			.verifyComplete();
		StepVerifier
			.create(this.template
				.find(Query.odata("customer eq :c and status eq :s").bind("c", this.tenant).bind("s", "a"), Order.class)
				.count())
			.expectNext(6L)
			.verifyComplete();
	}

	@Test
	void translatesWhatTheServiceRefuses() {
		Order order = new Order(this.tenant, "1", "new", 1, null);
		this.template.insert(order).block();

		StepVerifier.create(this.template.insert(order))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(DuplicateKeyException.class)
				.hasMessageContaining("409")
				.hasMessageContaining("EntityAlreadyExists")
				.hasMessageContaining("request id"))
			.verify();
		StepVerifier.create(this.template.insert(new Order(this.tenant, "a/b", null, 1, null)))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(DataIntegrityViolationException.class)
				.hasMessageContaining("RowKey"))
			.verify();
		StepVerifier.create(this.template.findByKey(this.tenant, "none", Order.class)).verifyComplete();
	}

	@Test
	void createsNoTableUnlessToldSo() {
		TableTemplate strict = new TableTemplate(this.client, new TableMappingContext());

		StepVerifier.create(strict.insert(new Missing("a", "b")))
			.verifyError(InvalidDataAccessResourceUsageException.class);
		StepVerifier.create(strict.findByKey("a", "b", Missing.class))
			.expectErrorSatisfies(
					(error) -> assertThat(error).isInstanceOf(InvalidDataAccessResourceUsageException.class)
						.hasMessageContaining("TableNotFound"))
			.verify();
	}

	@Test
	void findsNothingInATableThatItCreates() {
		StepVerifier.create(this.template.findByKey("a", "b", FirstRead.class)).verifyComplete();
		StepVerifier.create(this.template.findAll(FirstQuery.class)).verifyComplete();
		StepVerifier.create(this.template.insert(new FirstRead("a", "b"))).expectNextCount(1).verifyComplete();
	}

	@Table("orders")
	record Order(@PartitionKey String customer, @RowKey String id, @Nullable String status, int quantity,
			@Version @Nullable String etag) {

		Order with(String newStatus) {
			return new Order(this.customer, this.id, newStatus, this.quantity, this.etag);
		}

	}

	record Unversioned(@PartitionKey String owner, @RowKey String id, String text) {
	}

	record Missing(@PartitionKey String a, @RowKey String b) {
	}

	record FirstRead(@PartitionKey String a, @RowKey String b) {
	}

	record FirstQuery(@PartitionKey String a, @RowKey String b) {
	}

}
