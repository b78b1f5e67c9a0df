package dev.reactiveazure.tables.template;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.reactiveazure.core.AzureOperationContext;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.TablesService;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;

/**
 * A template whose tables are its test's own, and a list of the calls that it made.
 */
abstract class TemplateFixture {

	final TablesService service;

	final TableServiceClient client;

	final String prefix = "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);

	final TableMappingContext mapping = new TableMappingContext();

	final TableTemplate template;

	private final List<AzureOperationContext> calls = new CopyOnWriteArrayList<>();

	TemplateFixture(TablesService service) {
		this.service = service;
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new Recorder(this.calls));
		this.client = TableServiceClient.builder()
			.connectionString(service.connectionString())
			.observationRegistry(registry)
			.build();
		this.template = builder().build();
	}

	TableTemplate.Builder builder() {
		return TableTemplate.builder(this.client, this.mapping)
			.options(TableTemplateOptions.defaults().withCreateTables(true))
			.tableNames(TableNameResolver.asMapped().withPrefix(this.prefix));
	}

	@AfterEach
	void deleteTables() {
		this.client.listTables()
			.filter((name) -> name.startsWith(this.prefix))
			.flatMap(this.client::deleteTable)
			.blockLast();
		this.client.close();
	}

	/**
	 * Return the operations of the calls that were made since the last one that forgot
	 * them.
	 */
	List<String> operations() {
		return this.calls.stream().map(AzureOperationContext::operation).toList();
	}

	List<AzureOperationContext> calls() {
		return this.calls;
	}

	void forgetCalls() {
		this.calls.clear();
	}

	private record Recorder(List<AzureOperationContext> calls) implements ObservationHandler<AzureOperationContext> {

		@Override
		public void onStop(AzureOperationContext context) {
			this.calls.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof AzureOperationContext;
		}

	}

}
