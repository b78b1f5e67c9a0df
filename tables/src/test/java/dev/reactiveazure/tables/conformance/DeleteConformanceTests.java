package dev.reactiveazure.tables.conformance;

import dev.reactiveazure.core.ConditionNotMetException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.tables.MatchCondition;
import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TablesService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Entities are deleted as the protocol says.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class DeleteConformanceTests extends TableFixture {

	DeleteConformanceTests(TablesService service) {
		super(service);
	}

	@Test
	void deletesUnderTheVersionOnly() {
		TableEntity first = await(this.table.insert(entity("p", "r").build()));
		TableEntity second = await(this.table.replace(first));

		assertRefused(this.table.delete(first), ConditionNotMetException.class, 412, "UpdateConditionNotSatisfied");
		assertThat(await(this.table.delete(second))).isTrue();
		assertThat(this.table.get("p", "r").blockOptional()).isEmpty();
	}

	@Test
	void deletesEveryVersionUnderAny() {
		this.table.insert(entity("p", "r").build()).block();

		assertThat(await(this.table.delete(TableKey.of("p", "r"), MatchCondition.any()))).isTrue();
		assertThat(await(this.table.delete(TableKey.of("p", "r"), MatchCondition.any()))).isFalse();
	}

	@Test
	void tellsAMissingTableFromAMissingEntity() {
		assertRefused(this.client.getTableClient("absent").delete(TableKey.of("p", "r"), MatchCondition.any()),
				NotFoundException.class, 404, "TableNotFound");
	}

	@Test
	void refusesADeleteThatSaysNothingOfTheVersion() {
		this.table.insert(entity("p", "r").build()).block();

		int status = this.wire.send("DELETE", "/" + this.tableName + "(PartitionKey='p',RowKey='r')", null)
			.statusCode();

		assertThat(status).isEqualTo(400);
		assertThat(this.table.get("p", "r").blockOptional()).isPresent();
	}

	@Test
	void insertsAgainAfterADelete() {
		TableEntity first = await(this.table.insert(entity("p", "r").put("n", 1).build()));
		this.table.delete(first).block();

		TableEntity second = await(this.table.insert(entity("p", "r").put("n", 2).build()));

		assertThat(second.etag()).isNotEqualTo(first.etag());
		assertThat(await(this.table.get("p", "r")).get("n")).isEqualTo(2);
	}

}
