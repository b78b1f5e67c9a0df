package dev.reactiveazure.tables.conformance;

import java.net.http.HttpResponse;

import dev.reactiveazure.core.AlreadyExistsException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.tables.TableQuery;
import dev.reactiveazure.tables.TablesService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tables come and go as the protocol says.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class TablesConformanceTests extends TableFixture {

	TablesConformanceTests(TablesService service) {
		super(service);
	}

	@Test
	void refusesAnExistingNameInAnyCase() {
		assertRefused(this.client.createTable(this.tableName), AlreadyExistsException.class, 409, "TableAlreadyExists");
		assertRefused(this.client.createTable(this.tableName.toUpperCase()), AlreadyExistsException.class, 409,
				"TableAlreadyExists");
		assertThat(await(this.client.createTableIfAbsent(this.tableName))).isFalse();
	}

	@Test
	void findsATableInAnyCase() {
		this.table.insert(entity("p", "r").put("n", 1).build()).block();

		assertThat(await(this.client.getTableClient(this.tableName.toUpperCase()).get("p", "r")).get("n")).isEqualTo(1);
	}

	@Test
	void missesADeletedTableInEveryOperation() {
		assertThat(await(this.client.deleteTable(this.tableName))).isTrue();

		assertThat(await(this.client.deleteTable(this.tableName))).isFalse();
		assertRefused(this.table.get("p", "r"), NotFoundException.class, 404, "TableNotFound");
		assertRefused(this.table.insert(entity("p", "r").build()), NotFoundException.class, 404, "TableNotFound");
		assertRefused(this.table.query(TableQuery.all()).next(), NotFoundException.class, 404, "TableNotFound");
	}

	@Test
	void saysOfAMissingTableThatTheResourceIsNotThere() {
		assertRefused(this.wire.send("DELETE", "/Tables('absent')", null), 404, "ResourceNotFound");
	}

	@Test
	void answersACreationWithItsName() {
		String other = this.tableName + "x";
		HttpResponse<String> answer = this.wire.send("POST", "/Tables", "{\"TableName\":\"" + other + "\"}");

		assertThat(answer.statusCode()).isEqualTo(201);
		assertThat(answer.body()).contains("$metadata#Tables/@Element\"").contains("\"TableName\":\"" + other + "\"");
		this.client.deleteTable(other).block();
	}

	@Test
	void answersACreationWithoutContentWhereThatIsPreferred() {
		String other = this.tableName + "x";
		HttpResponse<String> answer = this.wire.send("POST", "/Tables", "{\"TableName\":\"" + other + "\"}", "Prefer",
				"return-no-content");

		assertThat(answer.statusCode()).isEqualTo(204);
		assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("return-no-content");
		this.client.deleteTable(other).block();
	}

	@Test
	void refusesNamesThatNoTableCanHave() {
		String code = AzuriteDeviation.BAD_TABLE_NAME_HAS_NO_CODE.isIn(this.service) ? "" : "InvalidResourceName";
		assertRefused(this.wire.send("POST", "/Tables", "{\"TableName\":\"with-dash\"}"), 400, code);
		code = AzuriteDeviation.BAD_TABLE_NAME_HAS_NO_CODE.isIn(this.service) ? "" : "OutOfRangeInput";
		assertRefused(this.wire.send("POST", "/Tables", "{\"TableName\":\"ab\"}"), 400, code);
	}

	@Test
	void createsADeletedTableAnewAndEmpty() {
		this.table.insert(entity("p", "r").build()).block();
		this.client.deleteTable(this.tableName).block();

		this.client.createTable(this.tableName).block();

		assertThat(this.table.get("p", "r").blockOptional()).isEmpty();
	}

	@Test
	void putsErrorCodesOfJsonIntoTheBodyOnly() {
		HttpResponse<String> answer = this.wire.send("DELETE", "/Tables('absent')", null);

		assertThat(answer.headers().firstValue("x-ms-error-code").isPresent())
			.isEqualTo(AzuriteDeviation.ERROR_CODE_IS_A_HEADER.isIn(this.service));
	}

}
