package dev.reactiveazure.tables.docs;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.mapping.Discriminator;
import dev.reactiveazure.tables.mapping.Embedded;
import dev.reactiveazure.tables.mapping.Json;
import dev.reactiveazure.tables.mapping.KeyEncoding;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.Property;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.Table;
import dev.reactiveazure.tables.mapping.TableCustomConversions;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.mapping.TableMappingOptions;
import dev.reactiveazure.tables.mapping.TableNamingStrategy;
import dev.reactiveazure.tables.mapping.Timestamp;
import dev.reactiveazure.tables.mapping.UnknownEnum;
import dev.reactiveazure.tables.mapping.UnknownValue;
import dev.reactiveazure.tables.mapping.Unmapped;
import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.converter.Converter;
import org.springframework.data.annotation.TypeAlias;
import org.springframework.data.annotation.Version;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;

/**
 * The code of the guide to mapping, as it stands there.
 */
final class MappingGuideSnippets {

	TableKey key(TableMappingContext mapping, Instant at) {
		return mapping.getRequiredPersistentEntity(Reading.class).key("eu", "st/4", at);
	}

	TableMappingContext options() {
		return new TableMappingContext(TableMappingOptions.defaults()
			.withNaming(TableNamingStrategy.PASCAL_CASE)
			.withUnknownEnum(UnknownEnum.ABSENT)
			.withConversions(new TableCustomConversions(List.of(new MoneyToText(), new TextToMoney()))));
	}

	@Table("purchases")
	record Purchase(@PartitionKey String customer, @RowKey String id, BigDecimal total, int quantity,
			@Timestamp @Nullable Instant modified, @Version @Nullable String etag) {
	}

	@Table("readings")
	record Reading(@PartitionKey(order = 1) String region,
			@PartitionKey(order = 2, encoding = KeyEncoding.PERCENT) String station,
			@RowKey(descending = true) Instant at, double value) {
	}

	record Address(String street, String city) {
	}

	record Line(String article, int count) {
	}

	@Table("parcels")
	record Parcel(@PartitionKey String customer, @RowKey String id, @Embedded(prefix = "to_") Address to,
			@Json List<Line> lines, @Property(split = true) String label) {
	}

	@Table("payments")
	@Discriminator("kind")
	sealed interface Payment permits Card, Cash {

	}

	@TypeAlias("card")
	record Card(@PartitionKey String customer, @RowKey String id, String number) implements Payment {
	}

	@TypeAlias("cash")
	record Cash(@PartitionKey String customer, @RowKey String id, int amount) implements Payment {
	}

	enum Status {

		OPEN, PAID,

		@UnknownValue
		OTHER

	}

	@Table("customers")
	record Customer(@PartitionKey String country, @RowKey String id, @Property(aliases = "mail") String email,
			@Property(defaultValue = "1") int level, Status status, @Unmapped Map<String, Object> others) {
	}

	record Money(long cents, String currency) {
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

}
