package dev.reactiveazure.tables;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.http.FaultPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each operation, when its first try goes wrong: it ends as without the fault, or says
 * that it can't tell; it does its work once; and it never takes its own work for
 * another's.
 */
class FaultPerOperationTests {

	private static final TableKey KEY = TableKey.of("p", "stored");

	private static final Duration RETRY_AFTER = Duration.ofSeconds(7);

	private final FaultPlan faults = FaultPlan.create();

	private final AzureEmulator emulator = AzureEmulator.builder().eventGrid(false).faults(this.faults).start();

	private final HurriedScheduler scheduler = new HurriedScheduler(RETRY_AFTER);

	private final TableServiceClient client = TableServiceClient.builder()
		.connectionString(this.emulator.tablesConnectionString() + ";TableSecondaryEndpoint="
				+ this.emulator.tablesEndpoint() + "-secondary")
		.options(ClientOptions.defaults().withRetry(RetryOptions.defaults().withDelay(Duration.ofMillis(1))))
		.scheduler(this.scheduler)
		.build();

	private final TableClient table = this.client.getTableClient("orders");

	private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

	private TableEntity stored = entity(KEY, 1).build();

	@BeforeEach
	void store() {
		this.table.createTable().block();
		this.stored = await(this.table.insert(this.stored));
	}

	@AfterEach
	void close() {
		this.client.close();
		this.emulator.close();
	}

	@ParameterizedTest
	@EnumSource
	void copesWithAnAnswerThatIsLostAfterTheWorkWasDone(Tried operation) {
		recordRequests();
		this.faults.when(FaultPlan.TABLES).first(1).dropAfter();

		String result = result(operation);

		assertThat(result).isEqualTo(operation.afterLostAnswer);
		assertThat(this.requests).hasSize(operation.requestsAfterLostAnswer);
		assertThat(contents()).isEqualTo(operation.effect);
	}

	@ParameterizedTest
	@EnumSource
	void comesBackWhenTheServiceAsksTo(Tried operation) {
		recordRequests();
		this.faults.when(FaultPlan.TABLES).first(1).answer(503, RETRY_AFTER);

		String result = result(operation);

		assertThat(result).isEqualTo(operation.result);
		assertThat(this.requests).hasSize(2);
		assertThat(this.scheduler.waits()).isOne();
		assertThat(contents()).isEqualTo(operation.effect);
	}

	@ParameterizedTest
	@EnumSource
	void triesAgainWhenTheConnectionBreaksBeforeTheWorkIsDone(Tried operation) {
		recordRequests();
		this.faults.when(FaultPlan.TABLES).first(1).dropBefore();

		String result = result(operation);

		assertThat(result).isEqualTo(operation.result);
		assertThat(this.requests).hasSize(2);
		assertThat(contents()).isEqualTo(operation.effect);
	}

	private void recordRequests() {
		this.faults.when(FaultPlan.TABLES).matching((request) -> {
			this.requests.add(request.method() + " " + request.rawPath());
			return false;
		}).answer(500);
	}

	/**
	 * Return what an operation emits, as text, or the name of its error.
	 */
	private String result(Tried operation) {
		Object result = await(operation.call.apply(this)
			.cast(Object.class)
			.defaultIfEmpty("nothing")
			.onErrorResume((error) -> Mono.just(error.getClass().getSimpleName())));
		this.faults.clear();
		return (result instanceof TableEntity written) ? asStored(written) : result.toString();
	}

	private String contents() {
		return await(this.client.listTables()
			.concatMap((name) -> this.client.getTableClient(name)
				.query(TableQuery.all())
				.map((row) -> row.rowKey() + "=" + row.properties())
				.collectList()
				.map((rows) -> name + rows))
			.collectList()).toString();
	}

	/**
	 * Return what is stored, and whether an entity that was written knows just that
	 * version.
	 */
	private String asStored(TableEntity written) {
		TableEntity row = await(this.table.get(written.key()));
		return (Objects.equals(row.etag(), written.etag()) ? "current " : "outdated ") + row.properties();
	}

	private static TableEntity.Builder entity(TableKey key, int n) {
		return TableEntity.builder(key).put("n", n);
	}

	private TableEntity changed() {
		return this.stored.toBuilder().put("n", 2).build();
	}

	private TableEntity added() {
		return entity(TableKey.of("p", "added"), 3).build();
	}

	private static String wholeResult(TransactionResult result) {
		return result.size() + " done";
	}

	/**
	 * An operation, with what is to come of it.
	 */
	enum Tried {

		CREATE_TABLE((test) -> test.client.createTable("other"), "nothing", "OutcomeUnknownException", 2,
				"[orders[stored={n=1}], other[]]"),

		CREATE_TABLE_IF_ABSENT((test) -> test.client.createTableIfAbsent("other"), "true", "true", 2,
				"[orders[stored={n=1}], other[]]"),

		DELETE_TABLE((test) -> test.client.deleteTable("orders"), "true", "true", 2, "[]"),

		LIST_TABLES((test) -> test.client.listTables().collectList(), "[orders]"),

		INSERT((test) -> test.table.insert(test.added()), "current {n=3}", "current {n=3}", 3,
				"[orders[added={n=3}, stored={n=1}]]"),

		INSERT_AND_GET(
				(test) -> test.table.insertAndGet(test.added())
					.map((row) -> row.properties() + " " + (row.timestamp() != null)),
				"{n=3} true", "{n=3} true", 4, "[orders[added={n=3}, stored={n=1}]]"),

		GET((test) -> test.table.get(KEY).map(TableEntity::properties), "{n=1}"),

		GET_SELECTED((test) -> test.table.get(KEY, "n").map(TableEntity::properties), "{n=1}"),

		QUERY((test) -> test.table.query(TableQuery.filter("n eq :n").bind("n", 1))
			.map(TableEntity::rowKey)
			.collectList(), "[stored]"),

		REPLACE((test) -> test.table.replace(test.changed()), "current {n=2}", "current {n=2}", 3,
				"[orders[stored={n=2}]]"),

		REPLACE_ANY((test) -> test.table.replace(test.changed(), MatchCondition.any()), "current {n=2}",
				"current {n=2}", 2, "[orders[stored={n=2}]]"),

		MERGE((test) -> test.table.merge(test.changed()), "current {n=2}", "current {n=2}", 3,
				"[orders[stored={n=2}]]"),

		MERGE_ANY((test) -> test.table.merge(test.changed(), MatchCondition.any()), "current {n=2}", "current {n=2}", 2,
				"[orders[stored={n=2}]]"),

		UPSERT_REPLACE((test) -> test.table.upsert(test.added(), UpdateMode.REPLACE), "current {n=3}", "current {n=3}",
				2, "[orders[added={n=3}, stored={n=1}]]"),

		UPSERT_MERGE((test) -> test.table.upsert(test.added(), UpdateMode.MERGE), "current {n=3}", "current {n=3}", 2,
				"[orders[added={n=3}, stored={n=1}]]"),

		DELETE((test) -> test.table.delete(test.stored), "true", "OutcomeUnknownException", 2, "[orders[]]"),

		DELETE_ANY((test) -> test.table.delete(KEY, MatchCondition.any()), "true", "true", 2, "[orders[]]"),

		TRANSACTION(
				(test) -> test.table.transaction()
					.insert(test.added())
					.merge(test.changed())
					.submit()
					.map(FaultPerOperationTests::wholeResult),
				"2 done", "2 done", 4, "[orders[added={n=3}, stored={n=2}]]"),

		TRANSACTION_OF_DELETES((
				test) -> test.table.transaction().delete(test.stored).submit().map(FaultPerOperationTests::wholeResult),
				"1 done", "OutcomeUnknownException", 3, "[orders[]]"),

		GET_PROPERTIES((test) -> test.client.getProperties().map((properties) -> properties.logging() != null), "true"),

		SET_PROPERTIES((test) -> test.client.setProperties(
				TableServiceProperties.unchanged().withHourMetrics(new TableServiceProperties.Metrics(true, true, 7))),
				"nothing"),

		GET_STATISTICS((test) -> test.client.getStatistics().map(TableServiceStatistics::status), "LIVE"),

		GET_POLICIES((test) -> test.table.getAccessPolicies(), "[]"),

		SET_POLICIES((test) -> test.table.setAccessPolicies(List.of()), "nothing");

		private final Function<FaultPerOperationTests, Mono<?>> call;

		private final String result;

		private final String afterLostAnswer;

		private final int requestsAfterLostAnswer;

		private final String effect;

		/**
		 * An operation that may be done twice, and changes no entity.
		 */
		Tried(Function<FaultPerOperationTests, Mono<?>> call, String result) {
			this(call, result, result, 2, "[orders[stored={n=1}]]");
		}

		Tried(Function<FaultPerOperationTests, Mono<?>> call, String result, String afterLostAnswer,
				int requestsAfterLostAnswer, String effect) {
			this.call = call;
			this.result = result;
			this.afterLostAnswer = afterLostAnswer;
			this.requestsAfterLostAnswer = requestsAfterLostAnswer;
			this.effect = effect;
		}

	}

}
