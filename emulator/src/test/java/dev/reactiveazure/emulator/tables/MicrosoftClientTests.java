package dev.reactiveazure.emulator.tables;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import com.azure.core.http.rest.Response;
import com.azure.core.util.Context;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.TableServiceClientBuilder;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableEntityUpdateMode;
import com.azure.data.tables.models.TableItem;
import com.azure.data.tables.models.TableServiceException;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionType;
import com.azure.data.tables.models.TableTransactionFailedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.reactiveazure.emulator.AzureEmulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Microsoft's own client cannot tell the emulator from the service, as far as it goes
 * here.
 */
class MicrosoftClientTests {

	private static AzureEmulator emulator;

	private static TableServiceClient service;

	private TableClient table;

	@BeforeAll
	static void start() {
		emulator = AzureEmulator.builder().eventGrid(false).start();
		service = new TableServiceClientBuilder().connectionString(emulator.tablesConnectionString()).buildClient();
	}

	@AfterAll
	static void stop() {
		emulator.close();
	}

	@BeforeEach
	void createTable() {
		emulator.tables().clear();
		this.table = service.createTable("orders");
	}

	@Test
	void createsListsAndDeletesTables() {
		service.createTableIfNotExists("orders");
		service.createTable("bills");
		assertThat(service.listTables()).extracting(TableItem::getName).containsExactly("bills", "orders");
		service.deleteTable("bills");
		assertThat(emulator.tables().tableNames()).containsExactly("orders");
	}

	@Test
	void keepsTypedEntities() {
		TableEntity entity = new TableEntity("it's", "a b+c%é");
		UUID id = UUID.randomUUID();
		OffsetDateTime when = OffsetDateTime.parse("2026-01-02T03:04:05.678Z");
		entity.addProperty("int", 1)
			.addProperty("long", 2L)
			.addProperty("double", 5.0)
			.addProperty("flag", true)
			.addProperty("id", id)
			.addProperty("when", when)
			.addProperty("bytes", new byte[] { 1, 2 });
		this.table.createEntity(entity);
		TableEntity found = this.table.getEntity("it's", "a b+c%é");
		assertThat(found.getProperty("int")).isEqualTo(1);
		assertThat(found.getProperty("long")).isEqualTo(2L);
		assertThat(found.getProperty("double")).isEqualTo(5.0);
		assertThat(found.getProperty("flag")).isEqualTo(true);
		assertThat(found.getProperty("id")).isEqualTo(id);
		assertThat(found.getProperty("when")).isEqualTo(when);
		assertThat(found.getProperty("bytes")).isEqualTo(new byte[] { 1, 2 });
		assertThat(found.getETag()).startsWith("W/\"datetime'");
	}

	@Test
	void queriesWithAFilterAcrossPages() {
		for (int i = 0; i < 10; i++) {
			this.table.createEntity(new TableEntity("p", "r" + i).addProperty("n", i));
		}
		emulator.tables().limitPages(3);
		emulator.tables().emptyPages(true);
		try {
			List<String> rows = this.table
				.listEntities(new ListEntitiesOptions().setFilter("n ge 2 and n lt 9"), null, Context.NONE)
				.stream()
				.map(TableEntity::getRowKey)
				.toList();
			assertThat(rows).containsExactly("r2", "r3", "r4", "r5", "r6", "r7", "r8");
		}
		finally {
			emulator.tables().limitPages(1000);
			emulator.tables().emptyPages(false);
		}
	}

	@Test
	void updatesUnderAnEtagAndDeletes() {
		this.table.createEntity(new TableEntity("p", "r").addProperty("n", 1));
		TableEntity first = this.table.getEntity("p", "r");
		TableEntity second = this.table.getEntity("p", "r");
		first.addProperty("n", 2);
		Response<Void> updated = this.table.updateEntityWithResponse(first, TableEntityUpdateMode.REPLACE, true, null,
				Context.NONE);
		assertThat(updated.getStatusCode()).isEqualTo(204);
		assertThatExceptionOfType(TableServiceException.class)
			.isThrownBy(() -> this.table.updateEntityWithResponse(second, TableEntityUpdateMode.REPLACE, true, null,
					Context.NONE))
			.satisfies((ex) -> assertThat(ex.getResponse().getStatusCode()).isEqualTo(412));
		this.table.deleteEntity("p", "r");
		assertThat(emulator.tables().entityCount("orders")).isZero();
	}

	@Test
	void upsertsAndMerges() {
		this.table.upsertEntity(new TableEntity("p", "r").addProperty("a", 1));
		this.table.updateEntity(new TableEntity("p", "r").addProperty("b", 2), TableEntityUpdateMode.MERGE);
		assertThat(this.table.getEntity("p", "r").getProperties()).containsEntry("a", 1).containsEntry("b", 2);
	}

	@Test
	void reportsErrorsOfTheService() {
		this.table.createEntity(new TableEntity("p", "r"));
		assertThatExceptionOfType(TableServiceException.class)
			.isThrownBy(() -> this.table.createEntity(new TableEntity("p", "r")))
			.satisfies((ex) -> assertThat(ex.getValue().getErrorCode()).hasToString("EntityAlreadyExists"));
	}

	@Test
	void submitsTransactions() {
		this.table.submitTransaction(List.of(
				new TableTransactionAction(TableTransactionActionType.CREATE, new TableEntity("p", "1")),
				new TableTransactionAction(TableTransactionActionType.UPSERT_MERGE, new TableEntity("p", "2"))));
		assertThat(emulator.tables().entityCount("orders")).isEqualTo(2);
		List<TableTransactionAction> failing = List.of(
				new TableTransactionAction(TableTransactionActionType.DELETE, new TableEntity("p", "2")),
				new TableTransactionAction(TableTransactionActionType.CREATE, new TableEntity("p", "1")));
		assertThatExceptionOfType(TableTransactionFailedException.class)
			.isThrownBy(() -> this.table.submitTransaction(failing))
			.satisfies((ex) -> assertThat(ex.getFailedTransactionActionIndex()).isEqualTo(1));
		assertThat(emulator.tables().entityCount("orders")).isEqualTo(2);
	}

	@Test
	void seesAWrongKey() {
		TableServiceClient stranger = new TableServiceClientBuilder()
			.connectionString(emulator.tablesConnectionString().replace("AccountKey=Eby8", "AccountKey=AAAA"))
			.buildClient();
		assertThatExceptionOfType(TableServiceException.class).isThrownBy(() -> stranger.createTable("other"))
			.satisfies((ex) -> assertThat(ex.getResponse().getStatusCode()).isEqualTo(403));
	}

}
