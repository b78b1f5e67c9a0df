package dev.reactiveazure.tables.mapping;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.reactiveazure.tables.Requirement;
import dev.reactiveazure.tables.TableServiceKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.data.annotation.Version;
import org.springframework.data.mapping.MappingException;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What is wrong with a class is said when the application starts, all of it at once.
 */
class MistakeTests {

	private final TableMappingContext mapping = new TableMappingContext();

	@Test
	@Requirement("T14")
	void listsMistakesOfAllClassesWhenItIsInitialised() {
		this.mapping.setInitialEntitySet(Set.of(Keyless.class, Twice.class, Right.class));

		assertThatExceptionOfType(MappingException.class).isThrownBy(this.mapping::initialize)
			.withMessageContaining("Keyless can't be stored in a table:\n  - property 'thread' is a "
					+ "java.lang.Thread, which is not stored as one column")
			.withMessageContaining("no property is marked @PartitionKey")
			.withMessageContaining("no property is marked @RowKey")
			.withMessageContaining("Twice can't be stored")
			.withMessageContaining("two properties are marked @Version: 'etag' and 'other'")
			.withMessageContaining("two properties are stored as 'a': 'a' and 'b'")
			.withMessageContaining("two properties are marked @RowKey, 'row' and 'again', without an order")
			.withMessageContaining("property 'timeout' is a java.time.Duration and can't be stored as INT64")
			.withMessageContaining("property 'count' is a int, and its default 'many' is none")
			.withMessageContaining("property 'flag' is stored as Edm.Boolean and can't be split")
			.withMessageContaining("property 'Timestamp' has the name of the service's own 'Timestamp'")
			.withMessageContaining("property 'others' is @Unmapped and must be a Map<String, Object>")
			.satisfies((ex) -> org.assertj.core.api.Assertions.assertThat(ex.getMessage()).doesNotContain("Right"));
	}

	@Test
	@Requirement("T14")
	void refusesKeysThatCanNotBeOne() {
		assertThatExceptionOfType(MappingException.class).isThrownBy(() -> this.mapping.getCodec(WrongKeys.class))
			.withMessageContaining("property 'ratio' is a key, but a double has no sortable form")
			.withMessageContaining("property 'text' is a key, but a java.lang.String has no descending form");
		assertThatExceptionOfType(MappingException.class).isThrownBy(() -> this.mapping.getCodec(WrongSeparator.class))
			.withMessageContaining("'-' can't separate the parts of the RowKey");
		assertThatExceptionOfType(MappingException.class).isThrownBy(() -> this.mapping.getCodec(FixedAndMarked.class))
			.withMessageContaining("@Table fixes the PartitionKey, and a property is marked @PartitionKey, too");
	}

	@Test
	@Requirement("T14")
	void refusesNamesThatCosmosKeepsForItself() {
		assertThatNoException().isThrownBy(() -> this.mapping.getCodec(CosmosNames.class));
		TableMappingContext cosmos = new TableMappingContext(
				TableMappingOptions.defaults().withService(TableServiceKind.COSMOS));
		assertThatExceptionOfType(MappingException.class).isThrownBy(() -> cosmos.getCodec(CosmosNames.class))
			.withMessageContaining("property 'id' has the name 'id', which Cosmos DB keeps for itself");
	}

	@Test
	@Requirement("T14")
	void refusesClassesThatCanNotBeMadeOrNest() {
		assertThatExceptionOfType(MappingException.class).isThrownBy(() -> this.mapping.getCodec(Abstract.class))
			.withMessageContaining("Abstract has no constructor to use");
		assertThatExceptionOfType(MappingException.class).isThrownBy(() -> this.mapping.getCodec(Unsettable.class))
			.withMessageContaining("property 'fixed' can't be set");
		assertThatExceptionOfType(MappingException.class).isThrownBy(() -> this.mapping.getCodec(Outer.class))
			.withMessageContaining("property 'inner.etag' is a @Version, which only the entity itself has");
		assertThatExceptionOfType(MappingException.class).isThrownBy(() -> this.mapping.getCodec(Open.class))
			.withMessageContaining("no class that can be created inherits from it");
	}

	@Table
	record Keyless(Thread thread) {
	}

	@Table
	record Twice(@PartitionKey String partition, @RowKey String row, @RowKey String again, @Version String etag,
			@Version String other, String a, @Property("a") String b,
			@Property(type = dev.reactiveazure.tables.EdmType.INT64) Duration timeout,
			@Property(defaultValue = "many") int count, @Property(split = true) boolean flag, String Timestamp,
			@Unmapped List<String> others) {
	}

	@Table
	record Right(@PartitionKey String partition, @RowKey String row) {
	}

	record WrongKeys(@PartitionKey double ratio, @RowKey(descending = true) String text) {
	}

	@Table(keySeparator = '-')
	record WrongSeparator(@PartitionKey String partition, @RowKey(order = 1) String a, @RowKey(order = 2) String b) {
	}

	@Table(partitionKey = "x")
	record FixedAndMarked(@PartitionKey String partition, @RowKey String row) {
	}

	record CosmosNames(@PartitionKey String partition, @RowKey String row, @Nullable String id) {
	}

	abstract static class Abstract {

		@PartitionKey
		String partition = "";

		@RowKey
		String row = "";

	}

	static class Unsettable {

		@PartitionKey
		String partition = "";

		@RowKey
		String row = "";

		final Map<String, Integer> count = Map.of();

		final String fixed = String.valueOf(1);

	}

	record Inner(@Version String etag) {
	}

	record Outer(@PartitionKey String partition, @RowKey String row, @Embedded Inner inner) {
	}

	@Discriminator
	interface Open {

	}

}
