package dev.reactiveazure.tables;

import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.core.AlreadyExistsException;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class TablesObservationTests {

	private final List<Observation.Context> observed = new ArrayList<>();

	@Test
	void namesOperationsAndNeverKeysOrFilters() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new Recorder());
		try (TableServiceClient client = TableServiceClient.builder()
			.connectionString(TablesService.EMULATOR.connectionString())
			.observationRegistry(registry)
			.build()) {
			TableClient table = client.getTableClient("observed");
			client.createTableIfAbsent("observed").block();
			TableEntity entity = TableEntity.builder("secretPartition", "secretRow").build();
			table.upsert(entity, UpdateMode.REPLACE).block();
			StepVerifier.create(table.insert(entity)).verifyError(AlreadyExistsException.class);
			table.query(TableQuery.filter("PartitionKey eq 'secretPartition'")).blockLast();
		}

		assertThat(this.observed).allSatisfy((context) -> {
			assertThat(context.getName()).isEqualTo("azure.tables.operation");
			assertThat(context.getLowCardinalityKeyValues()).extracting(KeyValue::getKey)
				.containsExactlyInAnyOrder("db.system.name", "db.operation.name", "db.collection.name",
						"server.address", "http.response.status_code", "error.type", "azure.tables.plan");
			assertThat(context.getAllKeyValues().toString() + context.getContextualName()).doesNotContain("secret");
		});
		assertThat(this.observed).extracting((context) -> value(context, "db.operation.name"))
			.containsExactly("create_table", "upsert_replace", "insert", "query");
		assertThat(this.observed).extracting((context) -> value(context, "error.type"))
			.contains("EntityAlreadyExists", "none");
	}

	@Test
	@Requirement("T32")
	void showsNoErrorWhereATableThatMayExistDoes() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new Recorder());
		try (TableServiceClient client = TableServiceClient.builder()
			.connectionString(TablesService.EMULATOR.connectionString())
			.observationRegistry(registry)
			.build()) {
			assertThat(client.createTableIfAbsent("twice").block()).isTrue();
			assertThat(client.createTableIfAbsent("twice").block()).isFalse();
			StepVerifier.create(client.createTable("twice")).verifyError(AlreadyExistsException.class);
		}

		assertThat(this.observed).extracting((context) -> value(context, "http.response.status_code"))
			.containsExactly("204", "409", "409");
		assertThat(this.observed).extracting((context) -> value(context, "error.type"))
			.containsExactly("none", "none", "TableAlreadyExists");
		assertThat(this.observed.get(1).getError()).isNull();
	}

	private static String value(Observation.Context context, String key) {
		KeyValue value = context.getLowCardinalityKeyValue(key);
		return (value != null) ? value.getValue() : "missing";
	}

	private final class Recorder implements ObservationHandler<Observation.Context> {

		@Override
		public void onStop(Observation.Context context) {
			TablesObservationTests.this.observed.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
