package dev.reactiveazure.tables.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.reactiveazure.tables.InvalidEntityException;
import dev.reactiveazure.tables.Requirement;
import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TablesService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.core.convert.converter.Converter;
import org.springframework.data.annotation.ReadOnlyProperty;
import org.springframework.data.annotation.Transient;
import org.springframework.data.annotation.Version;
import org.springframework.data.convert.PropertyValueConverter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.ValueConversionContext;
import org.springframework.data.convert.ValueConverter;
import org.springframework.data.convert.WritingConverter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class ColumnTests {

	private final TablesService service;

	private MappedTable table;

	ColumnTests(TablesService service) {
		this.service = service;
		this.table = new MappedTable(service);
	}

	private void use(TableMappingOptions options) {
		this.table.close();
		this.table = new MappedTable(this.service, options);
	}

	@AfterEach
	void close() {
		this.table.close();
	}

	@Test
	@Requirement("T10")
	void namesColumnsByStrategyUnlessTheyAreNamed() {
		use(TableMappingOptions.defaults().withNaming(TableNamingStrategy.PASCAL_CASE));
		Named named = new Named("p", "r", "a", "b", "secret", null);

		Named found = this.table.insertAndFind(named);

		assertThat(this.table.stored(named).properties()).containsOnlyKeys("PlacedBy", "Qty");
		assertThat(found).isEqualTo(new Named("p", "r", "a", "b", null, null));
		assertThat(TableNamingStrategy.SNAKE_CASE.columnName("placedByHTTPClient")).isEqualTo("placed_by_http_client");
	}

	@Test
	@Requirement("T10")
	void readsWhatIsReadOnlyAndDoesNotWriteIt() {
		this.table.store(TableEntity.builder("p", "r").put("placedBy", "a").put("computed", "c").build());

		Named found = this.table.find(TableKey.of("p", "r"), Named.class);

		assertThat(found.computed()).isEqualTo("c");
	}

	@Test
	@Requirement("T10")
	void readsFormerNamesWhereThePresentOneIsAbsent() {
		this.table.store(TableEntity.builder("p", "old").put("Mail", "old@x").build());
		this.table.store(TableEntity.builder("p", "both").put("email", "new@x").put("Mail", "old@x").build());

		assertThat(this.table.find(TableKey.of("p", "old"), Renamed.class)).isEqualTo(new Renamed("p", "old", "old@x"));
		assertThat(this.table.find(TableKey.of("p", "both"), Renamed.class))
			.isEqualTo(new Renamed("p", "both", "new@x"));
		assertThat(this.table.stored(this.table.insert(new Renamed("p", "new", "new@x"))).properties())
			.containsOnlyKeys("email");
	}

	@Test
	@Requirement("T10")
	void givesAbsentPropertiesTheirDefaults() {
		this.table.store(TableEntity.builder("p", "r").build());

		assertThat(this.table.find(TableKey.of("p", "r"), Defaults.class))
			.isEqualTo(new Defaults("p", "r", 0, false, 5, "none", Light.GREEN));
		assertThat(this.table.find(TableKey.of("p", "r"), DefaultBean.class)).satisfies((bean) -> {
			assertThat(bean.size).isEqualTo(7);
			assertThat(bean.color).isEqualTo("blue");
		});
	}

	@Test
	@Requirement("T10")
	void treatsUnknownConstantsByPolicy() {
		this.table.store(TableEntity.builder("p", "r").put("light", "PURPLE").put("mood", "BAD").build());

		assertThatException().isThrownBy(() -> this.table.find(TableKey.of("p", "r"), Lights.class))
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("'PURPLE' is none of Light's [RED, GREEN]"));
		assertThat(this.table.find(TableKey.of("p", "r"), Moods.class)).isEqualTo(new Moods("p", "r", Mood.OTHER));
		TableMappingContext lenient = new TableMappingContext(
				TableMappingOptions.defaults().withUnknownEnum(UnknownEnum.ABSENT));
		assertThat(lenient.columnTypes()
			.of(lenient.getRequiredPersistentEntity(Lights.class).getRequiredPersistentProperty("light"))
			.parse("PURPLE")).isNull();
	}

	@Test
	@Requirement("T10")
	void convertsTypesAndSingleProperties() {
		use(TableMappingOptions.defaults()
			.withConversions(new TableCustomConversions(List.of(new MoneyToText(), new TextToMoney()))));
		Priced priced = new Priced("p", "r", new Money(1250, "EUR"), "secret");

		assertThat(this.table.insertAndFind(priced)).isEqualTo(priced);
		assertThat(this.table.stored(priced).properties()).containsEntry("price", "1250 EUR")
			.containsEntry("code", "terces");
		assertThat(this.table.mapping()
			.getRequiredPersistentEntity(Priced.class)
			.column("price")
			.comparison("eq", new Money(1, "USD"))).isEqualTo("price eq '1 USD'");
	}

	@Test
	@Requirement("T5")
	void keepsColumnsThatTheClassDoesNotKnow() {
		TableEntity row = this.table.store(TableEntity.builder("p", "r")
			.put("known", "a")
			.put("count", 3)
			.put("big", 4L)
			.put("at", java.time.Instant.EPOCH)
			.build());

		Open open = this.table.find(row.key(), Open.class);
		this.table.of(Open.class)
			.replace(new Open("p", "r", "b", open.others(), open.etag()), dev.reactiveazure.tables.MatchCondition.any())
			.block();

		assertThat(open.others()).containsOnlyKeys("count", "big", "at");
		assertThat(this.table.stored(row.key()).properties()).containsEntry("known", "b")
			.containsEntry("count", 3)
			.containsEntry("big", 4L)
			.containsEntry("at", java.time.Instant.EPOCH);
	}

	@Test
	@Requirement("T5")
	void losesColumnsWhereAnOlderClassReplacesARowWithoutAMapForThem() {
		NewVersion newer = this.table.insert(new NewVersion("p", "r", "a", "b"));

		this.table.of(OldVersion.class)
			.replace(new OldVersion("p", "r", "c"), dev.reactiveazure.tables.MatchCondition.any())
			.block();
		assertThat(this.table.find(TableKey.of("p", "r"), NewVersion.class))
			.isEqualTo(new NewVersion("p", "r", "c", null));
		this.table.of(NewVersion.class).upsert(newer, dev.reactiveazure.tables.UpdateMode.REPLACE).block();
		this.table.of(OldVersion.class)
			.merge(new OldVersion("p", "r", "c"), dev.reactiveazure.tables.MatchCondition.any())
			.block();
		assertThat(this.table.find(TableKey.of("p", "r"), NewVersion.class))
			.isEqualTo(new NewVersion("p", "r", "c", "b"));
	}

	@Test
	void refusesUnmappedColumnsThatAreMappedOrNoValues() {
		Map<String, Object> columns = new HashMap<>(Map.of("known", "x"));
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> this.table.insert(new Open("p", "r", "a", columns, null)))
			.withMessageContaining("'known' in 'others'");
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> this.table.insert(new Open("p", "r", "a", Map.of("list", List.of()), null)))
			.withMessageContaining("'list' in 'others' can't be a java.util");
	}

	enum Light {

		RED, GREEN

	}

	enum Mood {

		GOOD,

		@UnknownValue
		OTHER

	}

	record Named(@PartitionKey String partition, @RowKey String row, String placedBy, @Property("Qty") String quantity,
			@Transient @Nullable String session, @ReadOnlyProperty @Nullable String computed) {
	}

	record Renamed(@PartitionKey String partition, @RowKey String row, @Property(aliases = "Mail") String email) {
	}

	record Defaults(@PartitionKey String partition, @RowKey String row, int zero, boolean no,
			@Property(defaultValue = "5") int five, @Property(defaultValue = "none") String text,
			@Property(defaultValue = "GREEN") Light light) {
	}

	static class DefaultBean {

		@PartitionKey
		String partition = "";

		@RowKey
		String row = "";

		@Property(defaultValue = "7")
		int size;

		String color = "blue";

	}

	record Lights(@PartitionKey String partition, @RowKey String row, @Nullable Light light) {
	}

	record Moods(@PartitionKey String partition, @RowKey String row, Mood mood) {
	}

	record Money(long cents, String currency) {
	}

	record Priced(@PartitionKey String partition, @RowKey String row, Money price,
			@ValueConverter(Backwards.class) String code) {
	}

	record Open(@PartitionKey String partition, @RowKey String row, String known, @Unmapped Map<String, Object> others,
			@Version @Nullable String etag) {
	}

	@Table("versions")
	record OldVersion(@PartitionKey String partition, @RowKey String row, String first) {
	}

	@Table("versions")
	record NewVersion(@PartitionKey String partition, @RowKey String row, String first, @Nullable String second) {
	}

	@WritingConverter
	static class MoneyToText implements Converter<Money, String> {

		@Override
		public String convert(Money money) {
			return money.cents() + " " + money.currency();
		}

	}

	@ReadingConverter
	static class TextToMoney implements Converter<String, Money> {

		@Override
		public Money convert(String text) {
			String[] parts = text.split(" ", 2);
			return new Money(Long.parseLong(parts[0]), parts[1]);
		}

	}

	static class Backwards
			implements PropertyValueConverter<String, String, ValueConversionContext<TablePersistentProperty>> {

		@Override
		public String read(String stored, ValueConversionContext<TablePersistentProperty> context) {
			return new StringBuilder(stored).reverse().toString();
		}

		@Override
		public String write(String value, ValueConversionContext<TablePersistentProperty> context) {
			return new StringBuilder(value).reverse().toString();
		}

	}

}
