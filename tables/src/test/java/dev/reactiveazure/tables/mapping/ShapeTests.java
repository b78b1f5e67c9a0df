package dev.reactiveazure.tables.mapping;

import java.util.List;
import java.util.Objects;

import dev.reactiveazure.tables.ETag;
import dev.reactiveazure.tables.MatchCondition;
import dev.reactiveazure.tables.Requirement;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TablesService;
import dev.reactiveazure.tables.TypedTableClient;
import dev.reactiveazure.tables.UpdateMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Transient;
import org.springframework.data.annotation.Version;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A class may be written in any way.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class ShapeTests {

	private final MappedTable table;

	ShapeTests(TablesService service) {
		this.table = new MappedTable(service);
	}

	@AfterEach
	void close() {
		this.table.close();
	}

	@Test
	@Requirement({ "T1", "T2" })
	void takesRecordsBeansWithersFinalClassesAndFactories() {
		List<Shape> shapes = List.of(new ARecord("p", "record", "a", null, "kept"), new ABean("p", "bean", "a"),
				new AWither("p", "wither", "a"), AFinal.of("p", "final", "a"), new AFieldBean("p", "fields", "a"),
				AFactory.create("p", "factory", "a", null));
		for (Shape shape : shapes) {
			passesThroughEveryOperation(shape);
		}
	}

	@SuppressWarnings("unchecked")
	private <T extends Shape> void passesThroughEveryOperation(T shape) {
		Class<T> type = (Class<T>) shape.getClass();
		TypedTableClient<T> client = this.table.of(type);
		TableKey key = this.table.key(shape);

		T inserted = await(client.insert(shape));
		T found = await(client.get(key));
		assertThat(inserted.version()).as(type.getSimpleName()).isNotNull().isEqualTo(found.version());
		assertThat(found.text()).isEqualTo("a");
		T replaced = await(client.replace(found, MatchCondition.unchangedSince(ETag.of(found.etagOrEmpty()))));
		assertThat(replaced.version()).isNotEqualTo(inserted.version());
		T merged = await(client.merge(replaced, MatchCondition.unchangedSince(ETag.of(replaced.etagOrEmpty()))));
		T upserted = await(client.upsert(merged, UpdateMode.REPLACE));
		assertThat(upserted.version()).isEqualTo(await(client.get(key)).version());
		assertThat(await(client.delete(key, MatchCondition.unchangedSince(ETag.of(upserted.etagOrEmpty()))))).isTrue();
	}

	@Test
	@Requirement("T2")
	void leavesImmutableArgumentsAloneAndKeepsWhatIsNotStored() {
		ARecord before = new ARecord("p", "r", "a", null, "kept");

		ARecord after = this.table.insert(before);

		assertThat(before.etag()).isNull();
		assertThat(after).isEqualTo(new ARecord("p", "r", "a", after.etag(), "kept"));
	}

	interface Shape {

		String text();

		@Nullable String version();

		default String etagOrEmpty() {
			return Objects.requireNonNullElse(version(), "");
		}

	}

	record ARecord(@PartitionKey String partition, @RowKey String row, String text, @Version @Nullable String etag,
			@Transient @Nullable String session) implements Shape {

		@Override
		public @Nullable String version() {
			return this.etag;
		}

	}

	static class ABean implements Shape {

		@PartitionKey
		private String partition = "";

		@RowKey
		private String row = "";

		private String content = "";

		@Version
		private @Nullable ETag etag;

		ABean() {
		}

		ABean(String partition, String row, String content) {
			this.partition = partition;
			this.row = row;
			this.content = content;
		}

		public String getPartition() {
			return this.partition;
		}

		public void setPartition(String partition) {
			this.partition = partition;
		}

		public String getRow() {
			return this.row;
		}

		public void setRow(String row) {
			this.row = row;
		}

		public String getContent() {
			return this.content;
		}

		public void setContent(String content) {
			this.content = content;
		}

		public @Nullable ETag getEtag() {
			return this.etag;
		}

		public void setEtag(@Nullable ETag etag) {
			this.etag = etag;
		}

		@Override
		public String text() {
			return this.content;
		}

		@Override
		public @Nullable String version() {
			return (this.etag != null) ? this.etag.value() : null;
		}

	}

	static final class AWither implements Shape {

		@PartitionKey
		private final String partition;

		@RowKey
		private final String row;

		private final String content;

		@Version
		private final @Nullable String etag;

		@PersistenceCreator
		AWither(String partition, String row, String content) {
			this(partition, row, content, null);
		}

		private AWither(String partition, String row, String content, @Nullable String etag) {
			this.partition = partition;
			this.row = row;
			this.content = content;
			this.etag = etag;
		}

		AWither withEtag(@Nullable String etag) {
			return new AWither(this.partition, this.row, this.content, etag);
		}

		@Override
		public String text() {
			return this.content;
		}

		@Override
		public @Nullable String version() {
			return this.etag;
		}

	}

	static final class AFinal implements Shape {

		@PartitionKey
		private final String partition;

		@RowKey
		private final String row;

		private final String content;

		@Version
		private final @Nullable String etag;

		AFinal(String partition, String row, String content, @Nullable String etag) {
			this.partition = partition;
			this.row = row;
			this.content = content;
			this.etag = etag;
		}

		static AFinal of(String partition, String row, String content) {
			return new AFinal(partition, row, content, null);
		}

		@Override
		public String text() {
			return this.content;
		}

		@Override
		public @Nullable String version() {
			return this.etag;
		}

	}

	static class AFieldBean implements Shape {

		@PartitionKey
		String partition = "";

		@RowKey
		String row = "";

		String content = "";

		@Version
		@Nullable String etag;

		AFieldBean() {
		}

		AFieldBean(String partition, String row, String content) {
			this.partition = partition;
			this.row = row;
			this.content = content;
		}

		@Override
		public String text() {
			return this.content;
		}

		@Override
		public @Nullable String version() {
			return this.etag;
		}

	}

	static final class AFactory implements Shape {

		@PartitionKey
		private final String partition;

		@RowKey
		private final String row;

		private final String content;

		@Version
		private final @Nullable String etag;

		private AFactory(Object[] values) {
			this.partition = (String) values[0];
			this.row = (String) values[1];
			this.content = (String) values[2];
			this.etag = (String) values[3];
		}

		@PersistenceCreator
		static AFactory create(String partition, String row, String content, @Nullable String etag) {
			return new AFactory(new Object[] { partition, row, content, etag });
		}

		@Override
		public String text() {
			return this.content;
		}

		@Override
		public @Nullable String version() {
			return this.etag;
		}

	}

}
