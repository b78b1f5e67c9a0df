package dev.reactiveazure.tables.mapping;

import java.util.List;

import dev.reactiveazure.tables.ETag;
import dev.reactiveazure.tables.EntityCodec;
import dev.reactiveazure.tables.Requirement;
import dev.reactiveazure.tables.TableKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.data.annotation.Version;
import org.springframework.data.mapping.MappingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TableMappingContextTests {

	private final TableMappingContext mapping = new TableMappingContext();

	@Test
	void knowsColumnsOfARecord() {
		EntityCodec<Everything> codec = this.mapping.getCodec(Everything.class);

		assertThat(codec.properties()).contains("PartitionKey", "RowKey", "Timestamp", "Label", "total")
			.doesNotContain("name", "etag", "session");
		assertThat(codec.key(Everything.example("t")))
			.isEqualTo(TableKey.of("t", "00000000-0000-0001-0000-000000000002"));
	}

	@Test
	void givesARecordItsVersionInACopy() {
		EntityCodec<Everything> codec = this.mapping.getCodec(Everything.class);
		Everything before = Everything.example("t");

		Everything after = codec.withETag(before, ETag.of("W/\"1\""));

		assertThat(before.etag()).isNull();
		assertThat(after.etag()).isEqualTo("W/\"1\"");
		assertThat(after).usingRecursiveComparison().ignoringFields("etag", "session").isEqualTo(before);
	}

	@Test
	void givesABeanItsVersionInPlace() {
		EntityCodec<Bean> codec = this.mapping.getCodec(Bean.class);
		Bean bean = new Bean();

		assertThat(codec.withETag(bean, ETag.of("x"))).isSameAs(bean);
		assertThat(codec.etag(bean)).isEqualTo(ETag.of("x"));
	}

	@Test
	@Requirement("T14")
	void listsAllThatIsWrongWithAClass() {
		assertThatExceptionOfType(MappingException.class).isThrownBy(() -> this.mapping.getCodec(Wrong.class))
			.withMessageContaining(Wrong.class.getName())
			.withMessageContaining("no property is marked @PartitionKey")
			.withMessageContaining("two properties are marked @RowKey")
			.withMessageContaining("'lines' is a java.util.List")
			.withMessageContaining("'version' is the @Version and must be a String or an ETag")
			.withMessageContaining("'with-dash' can't be the name of a column")
			.withMessageContaining("'no_table!' can't be the name of a table");
	}

	@Table("no_table!")
	record Wrong(@RowKey String one, @RowKey String two, List<String> lines, @Version long version,
			@Property("with-dash") String dash) {

	}

	static class Bean {

		@PartitionKey
		private String customer = "c";

		@RowKey
		private String id = "1";

		@Version
		private @Nullable ETag version;

	}

}
