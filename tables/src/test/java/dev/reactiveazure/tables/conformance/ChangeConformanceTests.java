package dev.reactiveazure.tables.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.reactiveazure.core.ConditionNotMetException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.tables.ETag;
import dev.reactiveazure.tables.MatchCondition;
import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TablesService;
import dev.reactiveazure.tables.UpdateMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replace, merge and both upserts do what the protocol says.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class ChangeConformanceTests extends TableFixture {

	ChangeConformanceTests(TablesService service) {
		super(service);
	}

	private TableEntity stored() {
		return await(this.table.get("p", "r"));
	}

	@Test
	void replacesWholeAndMergesOver() {
		TableEntity first = await(this.table.insert(entity("p", "r").put("a", 1).put("b", 2).build()));

		TableEntity merged = await(this.table.merge(entity("p", "r").put("a", 9).etag(first.etag()).build()));
		assertThat(stored().properties()).containsEntry("a", 9).containsEntry("b", 2);

		TableEntity replaced = await(this.table.replace(entity("p", "r").put("c", 3).etag(merged.etag()).build()));
		assertThat(stored().properties()).containsOnlyKeys("c");
		assertThat(List.of(first.etag(), merged.etag(), replaced.etag())).doesNotHaveDuplicates();
		assertThat(stored().etag()).isEqualTo(replaced.etag());
	}

	@Test
	void refusesAStaleVersion() {
		TableEntity first = await(this.table.insert(entity("p", "r").put("a", 1).build()));
		this.table.replace(first).block();

		assertRefused(this.table.replace(first), ConditionNotMetException.class, 412, "UpdateConditionNotSatisfied");
		assertRefused(this.table.merge(first), ConditionNotMetException.class, 412, "UpdateConditionNotSatisfied");
		assertThat(stored().get("a")).isEqualTo(1);
	}

	@Test
	void missesWhatItMustFind() {
		assertRefused(this.table.replace(entity("p", "r").build(), MatchCondition.any()), NotFoundException.class, 404,
				"ResourceNotFound");
		assertRefused(this.table.merge(entity("p", "r").build(), MatchCondition.any()), NotFoundException.class, 404,
				"ResourceNotFound");
	}

	@Test
	void missesADeletedEntityUnderItsVersion() {
		TableEntity first = await(this.table.insert(entity("p", "r").build()));
		this.table.delete(first).block();

		assertRefused(this.table.replace(first), NotFoundException.class, 404, "ResourceNotFound");
	}

	@Test
	void upsertsWhatIsThereAndWhatIsNot() {
		for (UpdateMode mode : UpdateMode.values()) {
			String row = mode.name();
			this.table.upsert(entity("p", row).put("a", 1).build(), mode).block();
			TableEntity second = await(this.table.upsert(entity("p", row).put("b", 2).build(), mode));

			TableEntity read = await(this.table.get("p", row));
			assertThat(read.etag()).isEqualTo(second.etag());
			assertThat(read.properties()).containsKey("b");
			assertThat(read.properties().containsKey("a")).isEqualTo(mode == UpdateMode.MERGE);
		}
	}

	@Test
	void changesATypeWithAValue() {
		this.table.insert(entity("p", "r").put("v", 1).build()).block();

		this.table.merge(entity("p", "r").put("v", "text").build(), MatchCondition.any()).block();

		assertThat(stored().get("v")).isEqualTo("text");
	}

	@Test
	void keepsWhatIsMergedAsNullAndReplacesItAway() {
		this.table.insert(entity("p", "r").put("a", 1).put("b", 2).build()).block();
		String address = "/" + this.tableName + "(PartitionKey='p',RowKey='r')";

		this.wire.send("MERGE", address, "{\"a\":null,\"c\":3}", "If-Match", "*");
		assertThat(stored().properties()).containsEntry("a", 1).containsEntry("b", 2).containsEntry("c", 3);

		this.wire.send("PUT", address, "{\"PartitionKey\":\"p\",\"RowKey\":\"r\",\"a\":null,\"c\":3}", "If-Match", "*");
		assertThat(stored().properties()).containsOnlyKeys("c");
	}

	@Test
	void refusesAVersionThatIsNone() {
		this.table.insert(entity("p", "r").build()).block();

		assertThat(this.wire
			.send("PUT", "/" + this.tableName + "(PartitionKey='p',RowKey='r')",
					"{\"PartitionKey\":\"p\",\"RowKey\":\"r\"}", "If-Match", "nonsense")
			.statusCode()).isEqualTo(400);
	}

	@Test
	void givesEachOfManyQuickVersionsAnETagOfItsOwn() {
		TableEntity version = await(this.table.insert(entity("p", "r").build()));
		List<ETag> seen = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			version = await(this.table.replace(version));
			seen.add(Objects.requireNonNull(version.etag()));
		}

		assertThat(seen).doesNotHaveDuplicates();
	}

}
