package dev.reactiveazure.tables;

import java.time.Duration;

import dev.reactiveazure.core.AlreadyExistsException;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.ConditionNotMetException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.http.FaultPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

class LostAnswerTests {

	private final FaultPlan faults = FaultPlan.create();

	private final AzureEmulator emulator = AzureEmulator.builder().eventGrid(false).faults(this.faults).start();

	private final TableServiceClient client = TableServiceClient.builder()
		.connectionString(this.emulator.tablesConnectionString())
		.options(ClientOptions.defaults().withRetry(RetryOptions.defaults().withDelay(Duration.ofMillis(1))))
		.build();

	private final TableClient table = this.client.getTableClient("orders");

	@BeforeEach
	void createTable() {
		this.client.createTable("orders").block();
	}

	@AfterEach
	void close() {
		this.client.close();
		this.emulator.close();
	}

	@Test
	@Requirement("T7")
	void takesItsOwnInsertForASuccess() {
		this.faults.when(FaultPlan.TABLES).method("POST").first(1).dropAfter();
		TableEntity entity = TableEntity.builder("p", "r").put("n", 1).build();

		TableEntity inserted = await(this.table.insert(entity));

		assertThat(inserted.etag()).isEqualTo(await(this.table.get("p", "r")).etag());
	}

	@Test
	void takesItsOwnReplaceForASuccess() {
		TableEntity first = await(this.table.insert(TableEntity.builder("p", "r").put("n", 1).build()));
		this.faults.when(FaultPlan.TABLES).method("PUT").first(1).dropAfter();

		TableEntity second = await(this.table.replace(first.toBuilder().put("n", 2).build()));

		assertThat(second.etag()).isNotEqualTo(first.etag()).isEqualTo(await(this.table.get("p", "r")).etag());
	}

	@Test
	@Requirement("T7")
	void doesNotClaimTheRowOfSomebodyElse() {
		this.table.insert(TableEntity.builder("p", "r").put("n", 1).build()).block();
		this.faults.when(FaultPlan.TABLES).method("POST").first(1).dropBefore();

		StepVerifier.create(this.table.insert(TableEntity.builder("p", "r").put("n", 2).build()))
			.expectErrorSatisfies((error) -> assertThat(error.getClass().getSimpleName())
				.isIn("OutcomeUnknownException", "AlreadyExistsException"))
			.verify();
		assertThat(await(this.table.get("p", "r")).get("n")).isEqualTo(1);
	}

	@Test
	void reportsAConflictOfItsFirstTryAtOnce() {
		TableEntity entity = TableEntity.builder("p", "r").put("n", 1).build();
		this.table.insert(entity).block();

		StepVerifier.create(this.table.insert(entity)).verifyError(AlreadyExistsException.class);
	}

	@Test
	void canNotTellWhatBecameOfAnEntityThatIsGoneWhenItIsWrittenAgain() {
		TableEntity first = await(this.table.insert(TableEntity.builder("p", "r").put("n", 1).build()));
		this.faults.when(FaultPlan.TABLES).method("PUT").first(1).answer(500);
		this.table.delete(first).block();

		StepVerifier.create(this.table.replace(first)).verifyError(OutcomeUnknownException.class);
	}

	@Test
	void doesNotDeleteWhatAnotherHasChanged() {
		TableEntity first = await(this.table.insert(TableEntity.builder("p", "r").put("n", 1).build()));
		this.table.replace(first).block();
		this.faults.when(FaultPlan.TABLES).method("DELETE").first(1).answer(500);

		StepVerifier.create(this.table.delete(first))
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOfAny(OutcomeUnknownException.class,
					ConditionNotMetException.class));
		assertThat(await(this.table.get("p", "r")).get("n")).isEqualTo(1);
	}

	@Test
	void saysThatThereWasNothingToDeleteWhereEveryTryGotAnAnswer() {
		assertThat(await(this.table.delete(TableKey.of("p", "r"), MatchCondition.any()))).isFalse();
		this.table.deleteTable().block();
		assertThat(await(this.table.deleteTable())).isFalse();
	}

}
