package dev.reactiveazure.tables;

import java.time.Instant;

import dev.reactiveazure.core.pipeline.ByteSink;
import dev.reactiveazure.core.pipeline.JsonWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.json.JsonFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EntityLimitsTests {

	@ParameterizedTest
	@ValueSource(strings = { "a/b", "a\\b", "a#b", "a?b", "\u0000", "\t", "\u007f", "\u009f", "\ud83d" })
	void refusesKeysWithForbiddenCharacters(String key) {
		refuses("RowKey", TableEntity.builder("p", key));
	}

	@Test
	void takesKeysUpTo512Characters() {
		write(TableEntity.builder("p".repeat(512), "r"));
		refuses("PartitionKey", TableEntity.builder("p".repeat(513), "r"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1a", "a-b", "a b", "a.b", "a@odata.type", "PartitionKey", "Timestamp" })
	void refusesPropertyNames(String name) {
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> TableEntity.builder("p", "r").put(name, 1))
			.satisfies((ex) -> assertThat(ex.property()).isEqualTo(name));
	}

	@Test
	void takes252PropertiesAndNoMore() {
		TableEntity.Builder entity = TableEntity.builder("p", "r");
		for (int i = 0; i < 252; i++) {
			entity.put("P" + i, i);
		}
		write(entity);
		refuses("OneTooMany", entity.put("OneTooMany", 1));
	}

	@Test
	void takesPropertiesOf64KiBAndEntitiesOf1MiB() {
		write(TableEntity.builder("p", "r").put("Text", "x".repeat(32_768)).put("Bytes", new byte[65_536]));
		refuses("Text", TableEntity.builder("p", "r").put("Text", "x".repeat(32_769)));
		refuses("Bytes", TableEntity.builder("p", "r").put("Bytes", new byte[65_537]));
		TableEntity.Builder large = TableEntity.builder("p", "r");
		for (int i = 0; i < 16; i++) {
			large.put("B" + i, new byte[65_536]);
		}
		refuses("B15", large);
	}

	@Test
	void takesDatesOfTheService() {
		write(TableEntity.builder("p", "r").put("At", Instant.parse("9999-12-31T23:59:59.9999999Z")));
		refuses("At", TableEntity.builder("p", "r").put("At", Instant.parse("1600-12-31T23:59:59Z")));
		refuses("At", TableEntity.builder("p", "r").put("At", Instant.parse("+10000-01-01T00:00:00Z")));
	}

	@Test
	void refusesHalfCharacters() {
		refuses("Text", TableEntity.builder("p", "r").put("Text", "a\ud83d"));
	}

	@Test
	void refusesOtherTypesByName() {
		assertThatIllegalArgumentException().isThrownBy(() -> TableEntity.builder("p", "r").put("List", new Object()))
			.withMessageContaining("'List'");
	}

	@Test
	void refusesTokensOfOthers() {
		for (String token : new String[] { "", "NextPartitionKey=a b", "NextPartitionKey=a&$filter=x", "x" }) {
			assertThatIllegalArgumentException().isThrownBy(() -> TableQuery.all().from(token));
		}
	}

	private static void refuses(String property, TableEntity.Builder entity) {
		assertThatExceptionOfType(InvalidEntityException.class).isThrownBy(() -> write(entity))
			.withMessageContaining(property)
			.satisfies((ex) -> assertThat(ex.property()).isEqualTo(property));
	}

	private static void write(TableEntity.Builder builder) {
		TableEntity entity = builder.build();
		EntityLimits.checkKey(entity.key());
		new RowFormat<>(TableEntityCodec.INSTANCE, new JsonFactory()).write(entity, entity.key(),
				new JsonWriter(new ByteSink()));
	}

}
