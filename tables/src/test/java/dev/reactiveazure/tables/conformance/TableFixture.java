package dev.reactiveazure.tables.conformance;

import java.net.http.HttpResponse;
import java.util.UUID;

import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.tables.TableClient;
import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.TablesService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A table of its own for each test, on the service that the test runs against.
 */
abstract class TableFixture {

	final TablesService service;

	final TableServiceClient client;

	final WireClient wire;

	final String tableName = "t" + UUID.randomUUID().toString().replace("-", "");

	final TableClient table;

	TableFixture(TablesService service) {
		this.service = service;
		this.client = service.client();
		this.wire = new WireClient(service.connectionString());
		this.table = this.client.getTableClient(this.tableName);
	}

	@BeforeEach
	void createTable() {
		this.client.createTable(this.tableName).block();
	}

	@AfterEach
	void deleteTable() {
		this.client.deleteTable(this.tableName).block();
		this.client.close();
	}

	static TableEntity.Builder entity(String partitionKey, String rowKey) {
		return TableEntity.builder(partitionKey, rowKey);
	}

	void insertAll(Flux<TableEntity> entities) {
		entities.flatMap(this.table::insert, 8).blockLast();
	}

	<T> void assertRefused(Mono<T> call, Class<? extends AzureServiceException> type, int status, String code) {
		StepVerifier.create(call).expectErrorSatisfies((error) -> {
			assertThat(error).isInstanceOf(type);
			AzureServiceException refusal = (AzureServiceException) error;
			assertThat(refusal.error().status()).isEqualTo(status);
			assertThat(refusal.error().code()).isEqualTo(code);
			assertThat(refusal.error().requestId()).isNotBlank();
		}).verify();
	}

	static void assertRefused(HttpResponse<String> answer, int status, String code) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(answer.body()).contains("{\"odata.error\":{\"code\":\"" + code + "\"");
	}

}
