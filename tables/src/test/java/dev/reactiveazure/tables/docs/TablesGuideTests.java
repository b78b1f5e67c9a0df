package dev.reactiveazure.tables.docs;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureCredential.SharedKey;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.AzureResponse;
import dev.reactiveazure.core.ConditionNotMetException;
import dev.reactiveazure.core.PermissionException;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.tables.AccessPolicy;
import dev.reactiveazure.tables.ConnectionString;
import dev.reactiveazure.tables.MatchCondition;
import dev.reactiveazure.tables.SasProtocol;
import dev.reactiveazure.tables.TableClient;
import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TableQuery;
import dev.reactiveazure.tables.TableSas;
import dev.reactiveazure.tables.TableSasPermission;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.TableServiceStatistics;
import dev.reactiveazure.tables.TransactionFailedException;
import dev.reactiveazure.tables.TransactionResult;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.template.TableTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guide shows code that compiles, and that does what the guide says.
 */
class TablesGuideTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Path GUIDE = Path.of("../docs/tables.md");

	private static final List<Path> SNIPPETS = List.of(
			Path.of("src/test/java/dev/reactiveazure/tables/docs/TablesGuideSnippets.java"),
			Path.of("src/test/java/dev/reactiveazure/tables/docs/Order.java"));

	private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

	private final TablesGuideSnippets snippets = new TablesGuideSnippets();

	private AzureEmulator emulator;

	private TableServiceClient client;

	private TableClient orders;

	@BeforeEach
	void start() {
		this.emulator = AzureEmulator.builder().eventGrid(false).start();
		this.client = this.snippets.connectionString(this.emulator.tablesConnectionString());
		this.orders = this.snippets.table(this.client);
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.emulator.close();
	}

	private SharedKey key() {
		return (SharedKey) ConnectionString.parse(this.emulator.tablesConnectionString()).credential();
	}

	private void createTable() {
		this.client.createTable("orders").block(LIMIT);
	}

	private TableEntity store(String rowKey) {
		return value(this.orders.insert(TableEntity.builder("ada", rowKey).put("quantity", 2).build()));
	}

	private static <T> T value(Mono<T> call) {
		return call.blockOptional(LIMIT).orElseThrow();
	}

	private static <T> List<T> values(Flux<T> calls) {
		return value(calls.collectList());
	}

	@Test
	void showsOnlyCodeThatCompiles() throws IOException {
		StringBuilder compiled = new StringBuilder();
		for (Path source : SNIPPETS) {
			compiled.append(withoutWhitespace(Files.readString(source)));
		}
		List<String> blocks = JAVA_BLOCK.matcher(Files.readString(GUIDE))
			.results()
			.map((MatchResult result) -> result.group(1))
			.toList();
		assertThat(blocks).hasSizeGreaterThan(30)
			.allSatisfy((block) -> assertThat(compiled).contains(withoutWhitespace(block)));
	}

	private static String withoutWhitespace(String text) {
		return text.replaceAll("\\s+", "");
	}

	@Test
	void connectsInEachWay() {
		createTable();
		store("7");
		String endpoint = this.emulator.tablesEndpoint();
		SharedKey key = key();
		AzureCredential.Sas sas = this.orders.generateSas(TableSas.builder()
			.permissions(TableSasPermission.READ)
			.expiry(Instant.now().plusSeconds(600))
			.protocol(SasProtocol.HTTPS_AND_HTTP)
			.build());
		try (TableServiceClient keyed = this.snippets.key(endpoint, key.accountName(), key.accountKey());
				TableServiceClient guest = this.snippets.sas(endpoint, sas.token());
				TableServiceClient patient = this.snippets.options(this.emulator.tablesConnectionString());
				TableServiceClient tokens = this.snippets.entra((scope) -> Mono.never());
				TableServiceClient special = this.snippets.special(key.accountKey())) {
			for (TableServiceClient each : List.of(keyed, guest, patient)) {
				assertThat(value(this.snippets.get(each.getTableClient("orders")))).isEqualTo(2);
			}
			assertThat(tokens.endpoint().isSecure()).isTrue();
			assertThat(special.accountName()).isEqualTo("shop");
		}
		assertThat(value(this.snippets.get(this.snippets.tableUrl(endpoint + "/orders?" + sas.token())))).isEqualTo(2);
		assertThat(value(this.snippets.webClient(endpoint, key))).contains("StorageServiceProperties");
	}

	@Test
	void createsListsAndDeletesTables() {
		assertThat(value(this.snippets.ownTable(this.orders))).isTrue();
		this.snippets.tables(this.client).block(LIMIT);
		assertThat(values(this.snippets.listTables(this.client))).containsExactly("orders", "orders");
		assertThat(values(this.snippets.tablePages(this.client, null))).hasSize(1);
	}

	@Test
	void writesAndReadsEntities() {
		createTable();
		assertThat(value(this.snippets.insertAndGet(this.orders, this.snippets.entity())).timestamp()).isNotNull();
		assertThat(value(this.orders.delete(TableKey.of("ada", "7"), MatchCondition.any()))).isTrue();
		TableEntity stored = value(this.snippets.insert(this.orders, this.snippets.entity()));
		assertThat(value(this.snippets.get(this.orders))).isEqualTo(2);
		assertThat(value(this.snippets.getSelected(this.orders, stored.key())).properties())
			.containsOnlyKeys("quantity");
		TableEntity paid = value(this.snippets.replaceUnchanged(this.orders));
		assertThat(value(this.orders.get("ada", "7")).properties()).containsEntry("paid", true)
			.doesNotContainKey("note");
		StepVerifier.create(this.orders.replace(stored)).expectError(ConditionNotMetException.class).verify(LIMIT);
		TableEntity written = value(this.snippets.writes(this.orders, paid));
		assertThat(values(this.snippets.query(this.orders, "ada"))).hasSize(2);
		this.snippets.pages(this.orders, null).block(LIMIT);
		assertThat(value(this.snippets.delete(this.orders, written))).as("deleted before").isFalse();
		assertThat(value(this.snippets.get(this.orders))).isZero();
	}

	@Test
	void changesSeveralTogether() {
		createTable();
		TableEntity stored = store("7");
		TableEntity other = store("12");
		store("9");
		store("11");
		assertThat(value(this.snippets.transaction(this.orders, stored, other)).size()).isEqualTo(6);
		assertThat(values(this.orders.query(TableQuery.all()))).extracting(TableEntity::rowKey)
			.containsExactly("10", "7", "8", "9");
		Mono<TransactionResult> again = this.snippets.transaction(this.orders, stored, other);
		StepVerifier.create(this.snippets.failedTransaction(again))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(TransactionFailedException.class,
					(failed) -> assertThat(failed.key()).isEqualTo(TableKey.of("ada", "8"))))
			.verify(LIMIT);
	}

	@Test
	void mapsRecords() {
		TableTemplate tables = this.snippets.template(this.client);
		TableMappingContext mapping = new TableMappingContext();
		Order order = value(this.snippets.templateWrites(tables));
		assertThat(order.quantity()).isEqualTo(5);
		assertThat(values(this.snippets.templateReads(tables, "ada"))).hasSize(4).containsOnly(order);
		assertThat(values(this.snippets.typed(this.orders, mapping))).containsExactly(order);
		assertThat(value(this.snippets.templateErrors(tables, new Order("ada", "7", BigDecimal.TEN, 1, null))).total())
			.isEqualTo(BigDecimal.TEN);
		Order current = value(tables.findByKey("ada", "7", Order.class));
		assertThat(value(this.snippets.templateDeletes(tables, current))).isFalse();
		TransactionResult result = value(this.snippets.templateTransaction(tables, mapping,
				new Order("ada", "1", BigDecimal.ONE, 1, null), new Order("ada", "2", BigDecimal.ONE, 1, null)));
		assertThat(result.entities(Order.class)).extracting(Order::id).containsExactly("1", "2");
	}

	@Test
	void handsOutAccess() {
		createTable();
		store("7");
		assertThat(value(this.snippets.policies(this.orders))).extracting(AccessPolicy::id).containsExactly("readers");
		assertThat(this.snippets.tableSas(this.orders).token()).contains("&spk=ada").contains("&epk=ada");
		StepVerifier.create(this.snippets.delegationKey(this.client))
			.expectError(IllegalStateException.class)
			.verify(LIMIT);
		assertThat(this.snippets.accountSas(this.client).token()).contains("srt=co").contains("sp=rl");
		try (TableServiceClient reader = TableServiceClient.builder()
			.endpoint(new AzureEndpoint(this.emulator.tablesEndpoint()))
			.credential(this.snippets.policySas(this.orders))
			.build()) {
			TableClient readable = reader.getTableClient("orders");
			assertThat(value(this.snippets.get(readable))).isEqualTo(2);
			StepVerifier.create(readable.delete(TableKey.of("ada", "7"), MatchCondition.any()))
				.expectError(PermissionException.class)
				.verify(LIMIT);
		}
	}

	@Test
	void setsUpTheService() {
		assertThat(value(this.snippets.properties(this.client)).cors()).hasSize(1);
		assertThat(value(this.snippets.statistics(this.client))).isEqualTo(TableServiceStatistics.Status.LIVE);
		createTable();
		store("7");
		try (TableServiceClient second = this.snippets.secondary(this.emulator.tablesConnectionString()
				+ ";TableSecondaryEndpoint=" + this.emulator.tablesEndpoint() + "-secondary")) {
			assertThat(value(this.snippets.get(second.getTableClient("orders")))).isEqualTo(2);
		}
	}

	@Test
	void takesOptionsAndTellsOfAnswersAndErrors() {
		createTable();
		AzureResponse<TableEntity> response = value(this.snippets.response(this.orders, this.snippets.entity()));
		assertThat(response.info().status()).isEqualTo(204);
		assertThat(value(this.snippets.perCall(this.orders)).rowKey()).isEqualTo("7");
		StepVerifier.create(this.snippets.errors(this.orders, this.snippets.entity()))
			.expectErrorMessage("Order not stored")
			.verify(LIMIT);
	}

}
