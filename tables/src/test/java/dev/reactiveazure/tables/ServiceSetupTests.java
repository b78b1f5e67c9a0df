package dev.reactiveazure.tables;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.PermissionException;
import dev.reactiveazure.tables.TableServiceProperties.CorsRule;
import dev.reactiveazure.tables.TableServiceProperties.Logging;
import dev.reactiveazure.tables.TableServiceProperties.Metrics;
import dev.reactiveazure.tables.conformance.AzuriteDeviation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class ServiceSetupTests {

	private final TablesService service;

	private final String prefix = "s" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);

	private final TableServiceClient client;

	private final TableClient table;

	ServiceSetupTests(TablesService service) {
		this.service = service;
		this.client = service.client();
		this.table = this.client.getTableClient(this.prefix + "0");
	}

	@BeforeEach
	void createTable() {
		this.client.createTable(this.table.tableName()).block();
	}

	@AfterEach
	void close() {
		await(this.client.listTables(TableQuery.filter("TableName ge '" + this.prefix + "'"))
			.filter((name) -> name.startsWith(this.prefix))
			.flatMap(this.client::deleteTable)
			.collectList());
		this.client.close();
	}

	@Test
	void listsAndFindsTablesAcrossPages() {
		Flux.range(1, 6).concatMap((i) -> this.client.createTable(this.prefix + i)).blockLast();
		List<String> names = IntStream.range(0, 7).mapToObj((i) -> this.prefix + i).toList();
		TableQuery ours = TableQuery
			.filter("TableName ge '" + this.prefix + "' and TableName lt '" + this.prefix + "z'");

		assertThat(await(this.client.listTables().collectList())).containsAll(names);
		assertThat(await(this.client.listTables(ours.pageSize(2)).collectList())).containsExactlyElementsOf(names);
		assertThat(await(this.client.listTables(ours.pageSize(3).limit(4)).collectList()))
			.containsExactlyElementsOf(names.subList(0, 4));
		TablePage<String> first = await(this.client.tablePages(ours.pageSize(3)).next());
		assertThat(first.items()).containsExactlyElementsOf(names.subList(0, 3));
		String token = new String(String.valueOf(first.continuation()).toCharArray());
		assertThat(await(this.client.listTables(ours.pageSize(3).from(token)).collectList()))
			.containsExactlyElementsOf(names.subList(3, 7));
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.listTables(ours.select("TableName")));
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.listTables(ours.from("NextPartitionKey=a")))
			.withMessageContaining("query of entities");
	}

	@Test
	void setsPropertiesAndLeavesOthersAsTheyAre() {
		TableServiceProperties before = await(this.client.getProperties());
		Logging logging = new Logging(true, false, true, 5);
		Metrics hours = new Metrics(true, true, 7);
		CorsRule rule = new CorsRule(List.of("www.xyz.com", "www.ab.com"), List.of("GET", "PUT"),
				List.of("x-ms-meta-*"), List.of("x-ms-meta-data*"), Duration.ofSeconds(500));

		this.client.setProperties(
				TableServiceProperties.unchanged().withLogging(logging).withHourMetrics(hours).withCors(List.of(rule)))
			.block();

		TableServiceProperties after = await(this.client.getProperties());
		assertThat(after.logging()).isEqualTo(logging);
		assertThat(after.hourMetrics()).isEqualTo(hours);
		assertThat(after.minuteMetrics()).isEqualTo(before.minuteMetrics());
		assertThat(after.cors()).containsExactly(rule);
		this.client
			.setProperties(TableServiceProperties.unchanged()
				.withLogging(new Logging(false, false, false, null))
				.withHourMetrics(new Metrics(false, false, null))
				.withCors(List.of()))
			.block();
		assertThat(await(this.client.getProperties()).cors()).isEmpty();
	}

	@Test
	void readsStatisticsAtTheSecondaryEndpoint() {
		TableServiceStatistics statistics = await(this.client.getStatistics());

		assertThat(statistics.status()).isEqualTo(TableServiceStatistics.Status.LIVE);
		assertThat(statistics.lastSyncTime()).isNotNull();
	}

	@Test
	void storesAccessPoliciesAndSignsUnderThem() {
		Instant expiry = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
		AccessPolicy policy = new AccessPolicy("read & <only>", Instant.parse("2026-01-01T00:00:00Z"), expiry,
				EnumSet.of(TableSasPermission.READ));
		assertThat(await(this.table.getAccessPolicies())).isEmpty();

		this.table.setAccessPolicies(List.of(policy)).block();

		assertThat(await(this.table.getAccessPolicies())).containsExactly(policy);
		this.table.insert(TableEntity.builder("p", "r").build()).block();
		AzureCredential.Sas sas = this.table
			.generateSas(TableSas.builder().policy(policy.id()).protocol(SasProtocol.HTTPS_AND_HTTP).build());
		try (TableServiceClient reader = signedBy(sas)) {
			TableClient readable = reader.getTableClient(this.table.tableName());
			assertThat(await(readable.get("p", "r")).rowKey()).isEqualTo("r");
			StepVerifier.create(readable.insert(TableEntity.builder("p", "s").build()))
				.verifyError(PermissionException.class);
		}
		this.table.setAccessPolicies(List.of()).block();
		assertThat(await(this.table.getAccessPolicies())).isEmpty();
	}

	@Test
	void refusesAccessPoliciesThatTheServiceWouldRefuse() {
		List<AccessPolicy> six = IntStream.range(0, 6)
			.mapToObj((i) -> new AccessPolicy("p" + i, null, null, EnumSet.of(TableSasPermission.READ)))
			.toList();

		StepVerifier.create(this.table.setAccessPolicies(six))
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(InvalidEntityException.class)
				.hasMessageContaining("at most 5"));
		StepVerifier.create(this.table.setAccessPolicies(List.of(six.get(0), six.get(0))))
			.verifyErrorSatisfies((error) -> assertThat(error).hasMessageContaining("two access policies 'p0'"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new AccessPolicy("x".repeat(65), null, null, EnumSet.of(TableSasPermission.READ)));
	}

	@Test
	void worksUnderASignatureOfTheAccountAndOfATablesUrl() {
		AccountSas all = AccountSas.builder()
			.permissions(AccountSasPermission.values())
			.resourceTypes(SasResourceType.values())
			.expiry(Instant.now().plus(1, ChronoUnit.HOURS))
			.protocol(SasProtocol.HTTPS_AND_HTTP)
			.build();
		String url = this.client.endpoint() + "/" + this.table.tableName() + "?" + this.client.generateSas(all).token();
		try (TableServiceClient other = TableServiceClient.builder().fromTableUrl(url).build()) {
			TableClient borrowed = other.getTableClient(TableUrl.parse(url).tableName());
			TransactionResult result = await(
					borrowed.transaction().insert(TableEntity.builder("p", "r").build()).submit());

			assertThat(await(borrowed.get("p", "r")).etag()).isEqualTo(result.etag(0));
			assertThat(await(other.listTables().collectList())).contains(this.table.tableName());
			assertThat(other.accountName()).isEqualTo("devstoreaccount1");
			assertThatIllegalStateException().isThrownBy(() -> other.generateSas(all))
				.withMessageContaining("account's key");
		}
	}

	@Test
	void keepsToTheKeysOfASignature() {
		Assumptions.assumeFalse(AzuriteDeviation.SAS_RANGES_ARE_NOT_ENFORCED.isIn(this.service));
		AzureCredential.Sas sas = this.table.generateSas(TableSas.builder()
			.permissions(TableSasPermission.values())
			.expiry(Instant.now().plus(1, ChronoUnit.HOURS))
			.protocol(SasProtocol.HTTPS_AND_HTTP)
			.from("b")
			.to(TableKey.of("c", "5"))
			.build());
		try (TableServiceClient other = signedBy(sas)) {
			TableClient range = other.getTableClient(this.table.tableName());
			range.insert(TableEntity.builder("b", "1").build()).block();
			StepVerifier.create(range.insert(TableEntity.builder("a", "1").build()))
				.verifyError(PermissionException.class);
			StepVerifier.create(range.insert(TableEntity.builder("c", "6").build()))
				.verifyError(PermissionException.class);
			assertThat(await(range.query(TableQuery.all()).count())).isEqualTo(1);
		}
	}

	@Test
	void signsWithTheLiteScheme() {
		try (TableServiceClient other = TableServiceClient.builder()
			.connectionString(this.service.connectionString())
			.signatureScheme(SignatureScheme.SHARED_KEY_LITE)
			.build()) {
			TableClient lite = other.getTableClient(this.table.tableName());
			lite.insert(TableEntity.builder("p", "it's").build()).block();
			assertThat(await(lite.get("p", "it's")).rowKey()).isEqualTo("it's");
			await(lite.transaction().insert(TableEntity.builder("p", "2").build()).submit());
			await(lite.getAccessPolicies());
		}
	}

	@Test
	void readsAtTheSecondaryEndpointAndGoesOnThere() {
		this.table.transaction()
			.insert(TableEntity.builder("p", "1").build())
			.insert(TableEntity.builder("p", "2").build())
			.submit()
			.block();
		try (TableServiceClient other = TableServiceClient.builder()
			.connectionString(this.service.connectionString())
			.secondaryEndpoint(this.client.endpoint() + "-secondary")
			.readLocation(ReadLocation.SECONDARY)
			.build()) {
			TableClient second = other.getTableClient(this.table.tableName());
			assertThat(await(second.get("p", "1")).rowKey()).isEqualTo("1");
			TablePage<TableEntity> page = await(second.pages(TableQuery.all().pageSize(1)).next());
			assertThat(page.continuation()).startsWith("secondary:");
			assertThat(await(second.query(TableQuery.all().pageSize(1).from(page.continuation())).collectList()))
				.extracting(TableEntity::rowKey)
				.containsExactly("2");
		}
	}

	private TableServiceClient signedBy(AzureCredential.Sas sas) {
		return TableServiceClient.builder().endpoint(this.client.endpoint()).credential(sas).build();
	}

}
