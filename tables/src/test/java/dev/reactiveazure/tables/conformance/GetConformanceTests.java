package dev.reactiveazure.tables.conformance;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.UUID;

import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TablesService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Entities are read by key as the protocol says.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class GetConformanceTests extends TableFixture {

	GetConformanceTests(TablesService service) {
		super(service);
	}

	@Test
	void tellsAMissingEntityFromAMissingTable() {
		assertRefused(this.wire.send("GET", "/" + this.tableName + "(PartitionKey='p',RowKey='r')", null), 404,
				"ResourceNotFound");
		assertRefused(this.wire.send("GET", "/absent(PartitionKey='p',RowKey='r')", null), 404, "TableNotFound");
	}

	@Test
	void readsEmptyKeysAndQuotedOnes() {
		this.table.insert(entity("", "").put("n", 1).build()).block();
		this.table.insert(entity("it's", "''").put("n", 2).build()).block();

		assertThat(await(this.table.get("", "")).get("n")).isEqualTo(1);
		assertThat(await(this.table.get("it's", "''")).get("n")).isEqualTo(2);
	}

	@Test
	void annotatesWhatJsonCantTell() {
		UUID guid = UUID.fromString("c9da6455-213d-42c9-9a79-3e9149a57833");
		this.table
			.insert(entity("p", "r").put("l", 1L)
				.put("g", guid)
				.put("b", new byte[] { 1 })
				.put("t", Instant.parse("2026-01-01T00:00:00Z"))
				.put("nan", Double.NaN)
				.put("d", 5.0)
				.put("i", 5)
				.put("s", "x")
				.build())
			.block();

		String body = this.wire.send("GET", "/" + this.tableName + "(PartitionKey='p',RowKey='r')", null).body();

		assertThat(body).contains("\"l@odata.type\":\"Edm.Int64\"", "\"l\":\"1\"", "\"g@odata.type\":\"Edm.Guid\"",
				"\"b@odata.type\":\"Edm.Binary\"", "\"t@odata.type\":\"Edm.DateTime\"",
				"\"nan@odata.type\":\"Edm.Double\"", "\"nan\":\"NaN\"");
		assertThat(body).doesNotContain("\"i@odata.type\"", "\"s@odata.type\"");
	}

	@Test
	void keepsHundredsOfNanoseconds() {
		Instant moment = Instant.parse("2026-01-02T03:04:05.1234567Z");
		this.table.insert(entity("p", "r").put("t", moment).build()).block();

		assertThat(await(this.table.get("p", "r")).get("t")).isEqualTo(moment);
	}

	@Test
	void returnsSelectedPropertiesOnly() {
		this.table.insert(entity("p", "r").put("a", 1).put("b", 2).build()).block();

		HttpResponse<String> answer = this.wire.send("GET",
				"/" + this.tableName + "(PartitionKey='p',RowKey='r')?$select=a,absent", null);

		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("\"a\":1").doesNotContain("\"b\":2");
		assertThat(answer.body().contains("\"absent\":null"))
			.isNotEqualTo(AzuriteDeviation.SELECTED_ABSENT_PROPERTY_IS_OMITTED.isIn(this.service));
	}

	@Test
	void selectsPropertiesAndKeepsTheKeyThatWasAskedFor() {
		TableEntity inserted = await(this.table.insert(entity("p", "r").put("a", 1).put("b", 2L).put("c", 3).build()));

		TableEntity some = await(this.table.get(inserted.key(), "b", "absent", "a"));
		TableEntity keyed = await(this.table.get(inserted.key(), "RowKey", "Timestamp"));

		assertThat(some).isEqualTo(entity("p", "r").put("a", 1).put("b", 2L).etag(inserted.etag()).build());
		assertThat(keyed.key()).isEqualTo(inserted.key());
		assertThat(keyed.timestamp()).isNotNull();
		assertThat(keyed.properties()).isEmpty();
		assertThat(this.table.get(entity("p", "s").build().key(), "a").blockOptional()).isEmpty();
	}

	@Test
	void givesOneMomentAsTimestampAndVersion() {
		this.table.insert(entity("p", "r").build()).block();

		TableEntity read = await(this.table.get("p", "r"));

		assertThat(read.etag()).isNotNull();
		assertThat(read.timestamp()).isNotNull();
		String version = read.etag().value();
		String moment = version.substring(version.indexOf('\'') + 1, version.lastIndexOf('\'')).replace("%3A", ":");
		assertThat(Instant.parse(moment)).isEqualTo(read.timestamp());
	}

	@Test
	void leavesTypesOutWithoutMetadata() {
		this.table.insert(entity("p", "r").put("l", 1L).build()).block();

		String body = this.wire
			.send("GET", "/" + this.tableName + "(PartitionKey='p',RowKey='r')", null, "Accept",
					"application/json;odata=nometadata")
			.body();

		assertThat(body).contains("\"l\":\"1\"").doesNotContain("odata.");
	}

}
