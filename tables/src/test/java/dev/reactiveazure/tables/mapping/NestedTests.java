package dev.reactiveazure.tables.mapping;

import java.util.List;
import java.util.Map;

import dev.reactiveazure.tables.InvalidEntityException;
import dev.reactiveazure.tables.Requirement;
import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TableQuery;
import dev.reactiveazure.tables.TablesService;
import dev.reactiveazure.tables.conformance.AzuriteDeviation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.annotation.TypeAlias;
import org.springframework.data.annotation.Version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class NestedTests {

	private final TablesService service;

	private final MappedTable table;

	NestedTests(TablesService service) {
		this.service = service;
		this.table = new MappedTable(service);
	}

	@AfterEach
	void close() {
		this.table.close();
	}

	@Test
	@Requirement("T11")
	void storesObjectsAsJson() {
		Basket basket = new Basket("p", "r", List.of(new Line("it's", 2), new Line("b", 1)),
				Map.of("k", List.of(1, 2)));

		assertThat(this.table.insertAndFind(basket)).isEqualTo(basket);
		assertThat(this.table.stored(basket).properties()).containsEntry("lines",
				"[{\"article\":\"it's\",\"count\":2},{\"article\":\"b\",\"count\":1}]");
	}

	@Test
	@Requirement("T11")
	void flattensEmbeddedObjects() {
		Parcel parcel = new Parcel("p", "r", new Address("Main St", new Place("Berlin", 52)), null, null);

		Parcel stored = this.table.insert(parcel);
		Parcel found = this.table.find(TableKey.of("p", "r"), Parcel.class);

		assertThat(stored).isEqualTo(found).isEqualTo(new Parcel("p", "r", parcel.to(), null, found.etag()));
		assertThat(this.table.stored(parcel).properties()).containsEntry("to_street", "Main St")
			.containsEntry("to_city", "Berlin")
			.containsEntry("to_latitude", 52)
			.hasSize(3);
		assertThat(this.table.mapping().getRequiredPersistentEntity(Parcel.class).column("to.place.city").name())
			.isEqualTo("to_city");
	}

	@Test
	@Requirement("T11")
	void fillsEmbeddedBeans() {
		BeanParcel parcel = new BeanParcel();
		parcel.to.city = "Bonn";

		BeanParcel found = this.table.insertAndFind(parcel);

		assertThat(found.to.city).isEqualTo("Bonn");
		assertThat(found.to.floor).isEqualTo(1);
	}

	@Test
	@Requirement("T11")
	void storesClassesThatInheritFromOne() {
		Card card = this.table.insert(new Card("ada", "1", "1234", null));
		Cash cash = this.table.insert(new Cash("ada", "2", 50, null));

		assertThat(this.table.of(Payment.class).query(TableQuery.all()).collectList().block()).containsExactly(card,
				cash);
		assertThat(this.table.stored(card).properties()).containsEntry("kind", "card");
		assertThat(this.table.find(TableKey.of("ada", "1"), Card.class)).isEqualTo(card);
		assertThatException().isThrownBy(() -> this.table.find(TableKey.of("ada", "2"), Card.class))
			.satisfies((ex) -> assertThat(ex)
				.hasStackTraceContaining("the column 'kind' is 'Cash' and not 'card': the row is of another class"));
		Payment changed = this.table.of(Payment.class)
			.replace(new Card("ada", "1", "5678", card.etag()), dev.reactiveazure.tables.MatchCondition.any())
			.block();
		assertThat(changed).isEqualTo(this.table.find(TableKey.of("ada", "1"), Payment.class));
	}

	@Test
	@Requirement("T11")
	void knowsTableAndFilterOfClassesThatInherit() {
		TableMappingContext mapping = this.table.mapping();

		assertThat(mapping.getRequiredPersistentEntity(Card.class).tableName()).isEqualTo("payments");
		assertThat(mapping.getRequiredPersistentEntity(Card.class).typeFilter()).isEqualTo("kind eq 'card'");
		assertThat(mapping.getRequiredPersistentEntity(Payment.class).typeFilter()).isNull();
		assertThat(mapping.getRequiredPersistentEntity(Payment.class).column("amount").comparison("gt", 5))
			.isEqualTo("amount gt 5");
	}

	@Test
	@Requirement("T11")
	void saysWhichClassesARowMayBe() {
		this.table.store(TableEntity.builder("ada", "3").put("kind", "Cheque").build());
		this.table.store(TableEntity.builder("ada", "4").build());

		assertThatException().isThrownBy(() -> this.table.find(TableKey.of("ada", "3"), Payment.class))
			.satisfies((ex) -> assertThat(ex)
				.hasStackTraceContaining("the column 'kind' is 'Cheque' and must be one of [card, Cash]"));
		assertThatException().isThrownBy(() -> this.table.find(TableKey.of("ada", "4"), Payment.class))
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("the column 'kind' is absent"));
	}

	@Test
	@Requirement("T11")
	void namesThePropertyThatIsTooLargeBeforeAnythingIsSent() {
		List<Line> lines = java.util.Collections.nCopies(4_000, new Line("article", 1));

		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> this.table.insert(new Basket("p", "r", lines, Map.of())))
			.satisfies((ex) -> assertThat(ex.property()).isEqualTo("lines"))
			.withMessageContaining("32,768 characters");
	}

	@Test
	@Requirement("T12")
	void cutsLargeValuesIntoSeveralColumns() {
		String text = AzuriteDeviation.LONG_TEXT_IS_MANGLED.isIn(this.service) ? "xya".repeat(40_000)
				: "\uD83D\uDE00a".repeat(40_000);
		byte[] bytes = new byte[200_000];
		java.util.Arrays.fill(bytes, (byte) 3);
		Large large = new Large("p", "r", text, bytes, List.of(new Line("x".repeat(50_000), 1)));

		assertThat(this.table.insertAndFind(large)).usingRecursiveComparison().isEqualTo(large);
		assertThat(this.table.stored(large).properties()).containsKeys("text", "text_2", "text_4", "bytes_4")
			.doesNotContainKey("text_6");
	}

	@Test
	@Requirement("T12")
	void readsNoOldPiecesAfterAMergeOfLess() {
		this.table.insert(new Large("p", "r", "x".repeat(100_000), new byte[70_000], List.of()));
		Large small = new Large("p", "r", "y", new byte[] { 1 }, List.of());

		this.table.of(Large.class).merge(small, dev.reactiveazure.tables.MatchCondition.any()).block();

		assertThat(this.table.stored(small).properties()).containsKeys("text_3");
		assertThat(this.table.find(TableKey.of("p", "r"), Large.class)).usingRecursiveComparison().isEqualTo(small);
	}

	@Test
	@Requirement("T12")
	void readsRowsThatAreNotCut() {
		this.table.store(TableEntity.builder("p", "r").put("text", "old").put("bytes", new byte[] { 9 }).build());

		assertThat(this.table.find(TableKey.of("p", "r"), Large.class)).usingRecursiveComparison()
			.isEqualTo(new Large("p", "r", "old", new byte[] { 9 }, null));
	}

	@Test
	@Requirement("T12")
	void refusesWhatNoNumberOfColumnsHolds() {
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> this.table.insert(new Large("p", "r", "x".repeat(600_000), new byte[0], List.of())))
			.withMessageContaining("'text");
	}

	record Line(String article, int count) {
	}

	record Basket(@PartitionKey String partition, @RowKey String row, @Json List<Line> lines,
			@Json Map<String, List<Integer>> tags) {
	}

	record Place(String city, int latitude) {
	}

	record Address(String street, @Embedded Place place) {
	}

	record Parcel(@PartitionKey String partition, @RowKey String row, @Embedded(prefix = "to_") Address to,
			@Embedded(prefix = "from_") @Nullable Address from, @Version @Nullable String etag) {
	}

	static class BeanAddress {

		String city = "";

		int floor = 1;

	}

	static class BeanParcel {

		@PartitionKey
		String partition = "p";

		@RowKey
		String row = "r";

		@Embedded
		BeanAddress to = new BeanAddress();

	}

	@Table("payments")
	@Discriminator("kind")
	sealed interface Payment permits Card, Cash {

	}

	@TypeAlias("card")
	record Card(@PartitionKey String customer, @RowKey String id, String number,
			@Version @Nullable String etag) implements Payment {
	}

	record Cash(@PartitionKey String customer, @RowKey String id, int amount,
			@Version @Nullable String etag) implements Payment {
	}

	record Large(@PartitionKey String partition, @RowKey String row, @Property(split = true) String text,
			@Property(split = true) byte[] bytes, @Json @Property(split = true) @Nullable List<Line> lines) {
	}

}
