package dev.reactiveazure.tables.conformance;

import java.net.http.HttpResponse;

import dev.reactiveazure.core.AlreadyExistsException;
import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TablesService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Entities are inserted as the protocol says.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class InsertConformanceTests extends TableFixture {

	InsertConformanceTests(TablesService service) {
		super(service);
	}

	private HttpResponse<String> insert(String json, String... headers) {
		return this.wire.send("POST", "/" + this.tableName, json, headers);
	}

	@Test
	void givesTheVersionThatIsReadLater() {
		TableEntity inserted = await(this.table.insert(entity("p", "r").put("n", 1).build()));

		assertThat(inserted.etag()).isNotNull().isEqualTo(await(this.table.get("p", "r")).etag());
		assertThat(inserted.etag().value()).startsWith("W/\"datetime'").contains("%3A");
	}

	@Test
	void givesWhatIsStoredWhereThatIsAskedFor() {
		TableEntity entity = entity("p", "r").put("n", 1L).put("nan", Double.NaN).put("b", new byte[] { 1 }).build();

		TableEntity inserted = await(this.table.insertAndGet(entity));

		assertThat(inserted.timestamp()).isNotNull();
		assertThat(inserted).isEqualTo(await(this.table.get("p", "r")));
		assertThat(inserted.properties()).hasSameSizeAs(entity.properties()).containsEntry("n", 1L);
		assertRefused(this.table.insertAndGet(entity), AlreadyExistsException.class, 409, "EntityAlreadyExists");
	}

	@Test
	void refusesAKeyThatIsTaken() {
		this.table.insert(entity("p", "r").put("n", 1).build()).block();

		assertRefused(this.table.insert(entity("p", "r").put("n", 2).build()), AlreadyExistsException.class, 409,
				"EntityAlreadyExists");
		assertThat(await(this.table.get("p", "r")).get("n")).isEqualTo(1);
	}

	@Test
	void tellsKeysApartByCase() {
		this.table.insert(entity("p", "r").put("n", 1).build()).block();
		this.table.insert(entity("P", "r").put("n", 2).build()).block();
		this.table.insert(entity("p", "R").put("n", 3).build()).block();

		assertThat(await(this.table.get("p", "r")).get("n")).isEqualTo(1);
		assertThat(await(this.table.get("P", "r")).get("n")).isEqualTo(2);
	}

	@Test
	void returnsTheEntityWhereNothingElseIsPreferred() {
		HttpResponse<String> answer = insert("{\"PartitionKey\":\"p\",\"RowKey\":\"r\",\"n\":1}");

		assertThat(answer.statusCode()).isEqualTo(201);
		assertThat(answer.headers().firstValue("ETag")).isPresent();
		assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
			.startsWith("application/json;odata=minimalmetadata");
		assertThat(answer.body()).contains("\"odata.etag\":\"W/", "\"Timestamp\":\"", "\"n\":1");
	}

	@Test
	void returnsNothingWhereThatIsPreferred() {
		HttpResponse<String> answer = insert("{\"PartitionKey\":\"p\",\"RowKey\":\"r\"}", "Prefer",
				"return-no-content");

		assertThat(answer.statusCode()).isEqualTo(204);
		assertThat(answer.body()).isEmpty();
		assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("return-no-content");
		assertThat(answer.headers().firstValue("ETag")).isPresent();
	}

	@Test
	void dropsNulls() {
		insert("{\"PartitionKey\":\"p\",\"RowKey\":\"r\",\"gone\":null,\"kept\":1}");

		assertThat(await(this.table.get("p", "r")).properties()).containsOnlyKeys("kept");
	}

	@Test
	void ignoresATimestampOfTheClient() {
		insert("{\"PartitionKey\":\"p\",\"RowKey\":\"r\",\"Timestamp\":\"2001-01-01T00:00:00Z\"}");

		assertThat(await(this.table.get("p", "r")).timestamp()).isAfter("2020-01-01T00:00:00Z");
	}

	@Test
	void takesIntegersForInt32AndFractionsForDouble() {
		insert("{\"PartitionKey\":\"p\",\"RowKey\":\"r\",\"i\":5,\"d\":5.0,\"l@odata.type\":\"Edm.Int64\",\"l\":\"5\"}");

		TableEntity read = await(this.table.get("p", "r"));
		assertThat(read.get("i")).isEqualTo(5);
		Object whole = AzuriteDeviation.UNTYPED_WHOLE_DOUBLE_IS_INT32.isIn(this.service) ? (Object) 5 : (Object) 5.0;
		assertThat(read.get("d")).isEqualTo(whole);
		assertThat(read.get("l")).isEqualTo(5L);
	}

	@Test
	void refusesAnEntityWithoutAKey() {
		assertRefused(insert("{\"RowKey\":\"r\"}"), 400, "PropertiesNeedValue");
		assertRefused(insert("{\"PartitionKey\":\"p\"}"), 400, "PropertiesNeedValue");
	}

	@Test
	void refusesForbiddenCharactersInKeys() {
		String code = AzuriteDeviation.FORBIDDEN_KEY_CHARACTER_IS_INVALID_INPUT.isIn(this.service) ? "InvalidInput"
				: "OutOfRangeInput";
		assertRefused(insert("{\"PartitionKey\":\"a/b\",\"RowKey\":\"r\"}"), 400, code);
		assertRefused(insert("{\"PartitionKey\":\"p\",\"RowKey\":\"a#b\"}"), 400, code);
	}

	@Test
	void refusesKeysThatAreTooLong() {
		String code = AzuriteDeviation.LONG_KEY_IS_INVALID_INPUT.isIn(this.service) ? "InvalidInput"
				: "PropertyValueTooLarge";
		assertRefused(insert("{\"PartitionKey\":\"" + "a".repeat(513) + "\",\"RowKey\":\"r\"}"), 400, code);
		this.table.insert(entity("a".repeat(512), "b".repeat(512)).build()).block();
	}

	@Test
	void refusesTextThatIsTooLong() {
		assertRefused(insert("{\"PartitionKey\":\"p\",\"RowKey\":\"r\",\"text\":\"" + "x".repeat(40_000) + "\"}"), 400,
				"PropertyValueTooLarge");
		this.table.insert(entity("p", "r").put("text", "x".repeat(32_768)).build()).block();
	}

	@Test
	void refusesMorePropertiesThanAnEntityHas() {
		StringBuilder json = new StringBuilder("{\"PartitionKey\":\"p\",\"RowKey\":\"r\"");
		for (int i = 0; i < 253; i++) {
			json.append(",\"p").append(i).append("\":1");
		}
		HttpResponse<String> answer = insert(json.append('}').toString());

		if (AzuriteDeviation.PROPERTIES_ARE_NOT_COUNTED.isIn(this.service)) {
			assertThat(answer.statusCode()).isEqualTo(201);
			return;
		}
		assertRefused(answer, 400, "TooManyProperties");
	}

}
