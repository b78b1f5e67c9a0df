package dev.reactiveazure.tables.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.tables.Requirement;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TableQuery;
import dev.reactiveazure.tables.mapping.Discriminator;
import dev.reactiveazure.tables.mapping.Embedded;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.Property;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.Table;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.data.annotation.Id;
import org.springframework.data.core.TypedPropertyPath;

import static dev.reactiveazure.tables.query.Criteria.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KeyPlanTests {

	private final TableMappingContext mapping = new TableMappingContext();

	@Test
	@Requirement("T18")
	void makesARangeOfTheFirstPartOfAKey() {
		QueryPlan equal = plan(where(Visit::site).is("a").and(Visit::year).is(2026), Visit.class);
		QueryPlan later = plan(where(Visit::site).is("a").and(Visit::year).gt(2025), Visit.class);

		assertThat(equal.access()).isEqualTo(QueryAccess.ROW_RANGE);
		assertThat(filters(equal))
			.containsExactly("(PartitionKey eq 'a' and (RowKey ge '0000002026|' and RowKey lt '0000002026}'))");
		assertThat(later.access()).isEqualTo(QueryAccess.ROW_RANGE);
		assertThat(plan(where(Visit::year).is(2026), Visit.class).access()).isEqualTo(QueryAccess.TABLE_SCAN);
		assertThat(plan(where(Visit::site).is("a").and(Visit::year).ne(2026), Visit.class).access())
			.isEqualTo(QueryAccess.PARTITION);
		assertThat(plan(where(Reading::region).is("eu"), Reading.class).access())
			.isEqualTo(QueryAccess.PARTITION_RANGE);
		assertThat(Query.odata("site eq 'a' and RowKey ge '0000002026|'")
			.plan(this.mapping.getRequiredPersistentEntity(Visit.class))
			.access()).isEqualTo(QueryAccess.ROW_RANGE);
	}

	@Test
	@Requirement({ "T18", "T19" })
	void joinsEqualPartsToTheWholeKeyOrItsBeginning() {
		QueryPlan point = plan(
				where(Visit::number).is(7).and(Visit::site).is("a").and(Visit::year).is(2026).and(Visit::day).is(3),
				Visit.class);
		QueryPlan range = plan(
				where(Visit::site).is("a").and(Visit::day).is(3).and(Visit::year).is(2026).and(Visit::note).is("x"),
				Visit.class);
		QueryPlan partition = plan(where(Reading::region).is("eu").and(Reading::station).is("st"), Reading.class);

		assertThat(point.points()).containsExactly(TableKey.of("a", "0000002026|0000000003|0000000007"));
		assertThat(range.access()).isEqualTo(QueryAccess.ROW_RANGE);
		assertThat(filters(range)).containsExactly("((PartitionKey eq 'a' and (RowKey ge '0000002026|0000000003|' and "
				+ "RowKey lt '0000002026|0000000003}')) and note eq 'x')");
		assertThat(partition.access()).isEqualTo(QueryAccess.PARTITION);
		assertThat(filters(partition)).containsExactly("PartitionKey eq 'eu|st'");
		assertThat(filters(plan(where("RowKey").startsWith("0000002026|"), Visit.class)))
			.containsExactly("(RowKey ge '0000002026|' and RowKey lt '0000002026}')");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> plan(where(Visit::site).is("a").and(Visit::day).is(3), Visit.class))
			.withMessageContaining("'day' is the part 2 of the RowKey");
	}

	@Test
	@Requirement("T19")
	void countsTheTwoComparisonsOfAPartOfAKey() {
		QueryPlan plan = plan(where(Visit::site).is("a").and(Visit::year).in(1, 2, 3, 4, 5, 6, 7, 8), Visit.class);

		assertThat(plan.requests()).hasSize(2);
	}

	@Test
	@Requirement("T18")
	void knowsTheFixedKeyOfAllEntities() {
		assertThat(filters(Query.all().plan(this.mapping.getRequiredPersistentEntity(Setting.class))))
			.containsExactly("PartitionKey eq 'settings'");
		assertThat(plan(where(Setting::value).is("x"), Setting.class).access()).isEqualTo(QueryAccess.PARTITION);
		assertThat(plan(where(Setting::name).is("colour"), Setting.class).points())
			.containsExactly(TableKey.of("settings", "colour"));
	}

	@Test
	@Requirement("T18")
	void asksForRowsOfTheClassWhereSeveralShareATable() {
		assertThat(filters(Query.all().plan(this.mapping.getRequiredPersistentEntity(Cash.class))))
			.containsExactly("type eq 'Cash'");
		assertThat(filters(plan(where(Cash::customer).is("ada").and(Cash::id).is("1"), Cash.class)))
			.containsExactly("(PartitionKey eq 'ada' and RowKey eq '1') and type eq 'Cash'");
		assertThat(filters(
				Query.odata("amount gt 1 or amount lt 0").plan(this.mapping.getRequiredPersistentEntity(Cash.class))))
			.containsExactly("(amount gt 1 or amount lt 0) and type eq 'Cash'");
		assertThat(plan(where("customer").is("ada").and("id").is("1"), Payment.class).points()).hasSize(1);
		assertThat(Query.all().select("amount").plan(this.mapping.getRequiredPersistentEntity(Payment.class)).columns())
			.containsExactly("PartitionKey", "RowKey", "amount", "type");
	}

	@Test
	@Requirement("T16")
	void followsPathsIntoEmbeddedObjects() {
		TypedPropertyPath<Parcel, String> city = TypedPropertyPath.of(Parcel::to).then(Address::city);

		assertThat(filters(plan(where(city).is("Bonn"), Parcel.class)))
			.isEqualTo(filters(plan(where("to.city").is("Bonn"), Parcel.class)))
			.containsExactly("to_city eq 'Bonn'");
		QueryPlan plan = plan(where("key.customer").is("ada").and(city).is("Bonn").and("key.at").gt(Instant.EPOCH),
				Parcel.class);
		assertThat(plan.access()).isEqualTo(QueryAccess.ROW_RANGE);
		assertThat(Query.all()
			.select(Parcel::to, Parcel::key, Parcel::text)
			.plan(this.mapping.getRequiredPersistentEntity(Parcel.class))
			.columns()).containsExactly("PartitionKey", "RowKey", "to_city", "to_zip", "to_postcode", "text", "words");
	}

	@Test
	@Requirement("T5")
	void updatesPathsInEmbeddedObjects() {
		var entity = this.mapping.getRequiredPersistentEntity(Parcel.class);

		assertThat(Update.merging().set("to.city", "Bonn").columns(entity))
			.containsOnly(org.assertj.core.api.Assertions.entry("to_city", "Bonn"));
		assertThat(Update.rewriting().remove(Parcel::to).remove("text").removedColumns(entity))
			.containsExactly("to_city", "to_zip", "to_postcode", "text", "words");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Update.merging().set(Parcel::to, new Address("Bonn", "1")).columns(entity))
			.withMessageContaining("to.city, to.zip");
		assertThatIllegalArgumentException().isThrownBy(() -> Update.rewriting().remove("key").removedColumns(entity))
			.withMessageContaining("it is in the key");
	}

	private QueryPlan plan(Filter filter, Class<?> type) {
		return Query.of(filter).plan(this.mapping.getRequiredPersistentEntity(type));
	}

	private static List<@Nullable String> filters(QueryPlan plan) {
		List<@Nullable String> filters = new ArrayList<>();
		plan.requests().forEach((request) -> filters.add(request.filter()));
		return filters;
	}

	record Visit(@PartitionKey String site, @RowKey(order = 1) int year, @RowKey(order = 2) int day,
			@RowKey(order = 3) int number, @Nullable String note) {
	}

	record Reading(@PartitionKey(order = 1) String region, @PartitionKey(order = 2) String station,
			@RowKey Instant at) {
	}

	@Table(partitionKey = "settings")
	record Setting(@RowKey String name, String value) {
	}

	@Discriminator
	sealed interface Payment permits Card, Cash {

	}

	record Card(@PartitionKey String customer, @RowKey String id, String number) implements Payment {
	}

	record Cash(@PartitionKey String customer, @RowKey String id, int amount) implements Payment {
	}

	record Parcel(@Id ParcelKey key, @Embedded(prefix = "to_") @Nullable Address to,
			@Property(aliases = "words") @Nullable String text) {
	}

	record ParcelKey(@PartitionKey String customer, @RowKey Instant at) {
	}

	record Address(String city, @Property(aliases = "postcode") String zip) {
	}

}
