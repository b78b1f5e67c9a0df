package dev.reactiveazure.tables;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.reactiveazure.core.AccessToken;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureCredential.SharedKey;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.InvalidAnswerException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.core.NotSentException;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.core.ThrottledException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What differs between services, endpoints and versions, against prepared answers.
 */
class TablesDialectTests {

	private static final String ETAG = "W/\"datetime'2026-11-22T05%3A45%3A17.1234567Z'\"";

	private final StubTables stub = new StubTables();

	@AfterEach
	void close() {
		this.stub.close();
	}

	private TableServiceClient.Builder builder() {
		return TableServiceClient.builder()
			.endpoint(this.stub.address())
			.credential(new SharedKey("acct", "c2VjcmV0"))
			.options(ClientOptions.defaults().withRetry(RetryOptions.defaults().withDelay(Duration.ofMillis(1))));
	}

	private TableServiceClient cosmos() {
		return builder().kind(TableServiceKind.COSMOS).build();
	}

	@Test
	void tunnelsMergesToCosmosThroughPost() {
		this.stub.answer(204, Map.of("ETag", ETAG), "").answer(204, Map.of("ETag", ETAG), "");
		try (TableServiceClient client = cosmos()) {
			TableClient table = client.getTableClient("\u00fcbung 1");
			table.merge(TableEntity.builder("p", "r").build(), MatchCondition.any()).block();
			table.upsert(TableEntity.builder("p", "r").build(), UpdateMode.MERGE).block();
		}
		assertThat(this.stub.requests()).hasSize(2).allSatisfy((request) -> {
			assertThat(request.method()).isEqualTo("POST");
			assertThat(request.uri()).isEqualTo("/%C3%BCbung%201(PartitionKey='p',RowKey='r')");
			assertThat(request.headers()).containsEntry("x-http-method", "MERGE");
		});
		assertThat(this.stub.requests().get(0).headers()).containsEntry("if-match", "*");
		assertThat(this.stub.requests().get(1).headers()).doesNotContainKey("if-match");
	}

	@Test
	void readsCosmosPagesAndErrors() {
		this.stub
			.answer(200, Map.of(),
					"{\"value\":[{\"odata.etag\":\"x\",\"PartitionKey\":\"q\",\"RowKey\":\"1\",\"n\":1},"
							+ "{\"odata.etag\":\"y\",\"PartitionKey\":\"p\",\"RowKey\":\"1\","
							+ "\"Timestamp\":\"2026-01-01T00:00:00.0000000Z\"}],"
							+ "\"odata.metadata\":\"https://h/t/$metadata#t\"}\r\n")
			.answer(404, Map.of(), "{\"odata.error\":{\"code\":\"TableNotFound\",\"message\":{\"lang\":\"en-us\","
					+ "\"value\":\"The table specified does not exist.\\n\\nRequestID:1-2\\n\"}}}\r\n");
		try (TableServiceClient client = cosmos()) {
			TableClient table = client.getTableClient("t");
			assertThat(await(table.query(TableQuery.all()).collectList())).extracting(TableEntity::partitionKey)
				.containsExactly("q", "p");
			StepVerifier.create(table.insert(TableEntity.builder("p", "r").build()))
				.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(NotFoundException.class)
					.hasMessageContaining("TableNotFound"));
		}
	}

	@Test
	void waitsAsLongAsCosmosAsksWhenItThrottles() {
		this.stub.answer(429, Map.of("x-ms-retry-after-ms", "3"), "")
			.answer(204, Map.of("ETag", ETAG), "")
			.answer(429, Map.of("x-ms-retry-after-ms", "86400000"), "");
		try (TableServiceClient client = cosmos()) {
			TableClient table = client.getTableClient("t");
			assertThat(await(table.insert(TableEntity.builder("p", "r").build())).etag()).isEqualTo(ETag.of(ETAG));
			StepVerifier.create(table.insert(TableEntity.builder("p", "r").build()))
				.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(ThrottledException.class)
					.hasMessageContaining("429"));
		}
		assertThat(this.stub.requests()).hasSize(3);
	}

	@Test
	void takesAnswersThatDoWhatWasNotPreferred() {
		String row = "{\"PartitionKey\":\"p\",\"RowKey\":\"r\",\"n\":1,"
				+ "\"odata.etag\":\"W/\\\"datetime'2026-11-22T05%3A45%3A17.1234567Z'\\\"\","
				+ "\"Timestamp\":\"2026-11-22T05:45:17.1234567Z\"}";
		TableEntity entity = TableEntity.builder("p", "r").put("n", 1).build();
		try (TableServiceClient client = cosmos()) {
			TableClient table = client.getTableClient("t");
			this.stub.answer(201, Map.of("ETag", ETAG), row);
			assertThat(await(table.insert(entity)).etag()).as("content that nobody asked for").isEqualTo(ETag.of(ETAG));

			this.stub.answer(204, Map.of("ETag", ETAG), "").answer(200, Map.of("ETag", ETAG), row);
			TableEntity stored = await(table.insertAndGet(entity));
			assertThat(stored.etag()).as("no content").isEqualTo(ETag.of(ETAG));
			assertThat(stored.timestamp()).as("which is read then").isNotNull();
			assertThat(this.stub.requests()).extracting(StubTables.Recorded::method)
				.containsExactly("POST", "POST", "GET");

			this.stub.answer(201, Map.of("ETag", ETAG), "{\"TableName\":\"t\"}");
			client.createTable("t").block();
			this.stub.answer(204, Map.of(), "");
			client.createTable("t").block();
		}
	}

	@Test
	void keepsToTheLimitsOfCosmos() {
		try (TableServiceClient client = cosmos()) {
			for (String name : List.of("", "a/b", "a#b", "a ", "x".repeat(256))) {
				assertThatExceptionOfType(InvalidEntityException.class).isThrownBy(() -> client.getTableClient(name))
					.withMessageContaining("Cosmos DB");
			}
			TableClient table = client.getTableClient("x");
			StepVerifier.create(table.get("p", "\u20ac".repeat(86)))
				.verifyErrorSatisfies((error) -> assertThat(error).hasMessageContaining("255 bytes"));
			TableTransaction<TableEntity> large = table.transaction();
			for (int i = 0; i < 70; i++) {
				large.insert(TableEntity.builder("p", "r" + i).put("a", "x".repeat(32 * 1024)).build());
			}
			StepVerifier.create(large.submit())
				.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(InvalidTransactionException.class)
					.hasMessageContaining("larger than 2 MiB"));
			StepVerifier.create(client.getProperties()).verifyError(UnsupportedOperationException.class);
			StepVerifier.create(client.getStatistics()).verifyError(UnsupportedOperationException.class);
			StepVerifier.create(table.getAccessPolicies()).verifyError(UnsupportedOperationException.class);
		}
		assertThat(this.stub.requests()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "https://a.table.core.windows.net, STORAGE", "http://127.0.0.1:10002/devstoreaccount1, STORAGE",
			"https://a.table.cosmos.azure.com:443, COSMOS", "https://a.table.cosmosdb.azure.com, COSMOS" })
	void tellsTheKindByTheHost(String address, TableServiceKind kind) {
		assertThat(TableServiceKind.of(new AzureEndpoint(address))).isEqualTo(kind);
	}

	@ParameterizedTest
	@CsvSource({ "https://a.table.core.windows.net, https://a-secondary.table.core.windows.net, a",
			"http://127.0.0.1:10002/devstoreaccount1, http://127.0.0.1:10002/devstoreaccount1-secondary, devstoreaccount1",
			"https://tables.example.org, , tables" })
	void derivesTheSecondaryEndpointAndTheAccount(String address, String secondary, String account) {
		AzureEndpoint endpoint = new AzureEndpoint(address);

		assertThat(SecondaryEndpoint.of(endpoint)).isEqualTo((secondary != null) ? new AzureEndpoint(secondary) : null);
		assertThat(SecondaryEndpoint.accountName(endpoint)).isEqualTo(account);
	}

	@ParameterizedTest
	@CsvSource({ "https://a.table.core.windows.net, STORAGE, https://storage.azure.com/.default",
			"https://a.table.core.usgovcloudapi.net, STORAGE, https://storage.azure.us/.default",
			"https://a.table.core.chinacloudapi.cn, STORAGE, https://storage.azure.cn/.default",
			"https://a.table.cosmos.azure.com, COSMOS, https://cosmos.azure.com/.default",
			"https://a.table.cosmos.azure.cn, COSMOS, https://cosmos.azure.cn/.default" })
	void asksForTokensOfTheRightAudience(String address, TableServiceKind kind, String scope) {
		Signers signers = new Signers(SignatureScheme.SHARED_KEY, kind, null, null, Clock.systemUTC());

		assertThat(signers.scope(new AzureEndpoint(address))).isEqualTo(scope);
		assertThat(new Signers(SignatureScheme.SHARED_KEY, kind, null, "https://mine/", Clock.systemUTC())
			.scope(new AzureEndpoint(address))).isEqualTo("https://mine/.default");
	}

	@Test
	void neverSendsATokenOverPlainHttp() {
		AzureCredential.Token token = new AzureCredential.Token((scope) -> Mono.never());

		assertThatIllegalArgumentException()
			.isThrownBy(() -> TableServiceClient.builder().endpoint(this.stub.address()).credential(token).build())
			.withMessageContaining("https");
		TableServiceClient.builder().endpoint("https://a.table.core.windows.net").credential(token).build().close();
	}

	@Test
	void asksForAUserDelegationKeyWithATokenOnly() {
		this.stub.answer(200, Map.of("Content-Type", "application/xml"),
				"<UserDelegationKey><SignedOid>o-1</SignedOid><SignedTid>t-1</SignedTid>"
						+ "<SignedStart>2026-01-01T00:00:00Z</SignedStart><SignedExpiry>2026-01-02T00:00:00Z</SignedExpiry>"
						+ "<SignedService>t</SignedService><SignedVersion>2026-04-06</SignedVersion>"
						+ "<Value>c2VjcmV0</Value></UserDelegationKey>");
		Instant start = Instant.parse("2026-01-01T00:00:00.5Z");
		Instant expiry = start.plus(Duration.ofDays(1));
		ReactorClientHttpConnector http = new ReactorClientHttpConnector();
		ClientHttpConnector toStub = (method, uri, request) -> http.connect(method,
				URI.create(this.stub.address() + uri.getRawPath() + "?" + uri.getRawQuery()), request);
		AzureCredential.Token token = new AzureCredential.Token(
				(scope) -> Mono.just(new AccessToken("the-token", Instant.now().plusSeconds(3600))));
		try (TableServiceClient client = TableServiceClient.builder()
			.endpoint("https://acct.table.core.windows.net")
			.credential(token)
			.connector(toStub)
			.build(); TableServiceClient keyed = builder().build()) {
			UserDelegationKey key = await(client.getUserDelegationKey(start, expiry));

			assertThat(key).isEqualTo(new UserDelegationKey("o-1", "t-1", Instant.parse("2026-01-01T00:00:00Z"),
					Instant.parse("2026-01-02T00:00:00Z"), "t", "2026-04-06", "c2VjcmV0"));
			assertThat(key.toString()).doesNotContain("c2VjcmV0");
			StepVerifier.create(client.getUserDelegationKey(expiry, start)).verifyError(IllegalArgumentException.class);
			StepVerifier.create(keyed.getUserDelegationKey(start, expiry)).verifyError(IllegalStateException.class);
		}
		assertThat(this.stub.requests()).singleElement().satisfies((request) -> {
			assertThat(request.method()).isEqualTo("POST");
			assertThat(request.uri()).isEqualTo("/?restype=service&comp=userdelegationkey");
			assertThat(request.headers()).containsEntry("authorization", "Bearer the-token")
				.containsEntry("content-type", "application/xml");
			assertThat(request.body()).endsWith(
					"<KeyInfo><Start>2026-01-01T00:00:00Z</Start>" + "<Expiry>2026-01-02T00:00:00Z</Expiry></KeyInfo>");
		});
	}

	@Test
	void refusesAnEntityOfAnotherKeyAsFarAsItsKeyWasSelected() {
		String row = "{\"odata.etag\":\"x\",\"PartitionKey\":\"other\",\"n\":1}";
		this.stub.answer(200, Map.of(), row).answer(201, Map.of("ETag", ETAG), row);
		try (TableServiceClient client = builder().build()) {
			TableClient table = client.getTableClient("orders");
			StepVerifier.create(table.get(TableKey.of("p", "r"), "PartitionKey", "n"))
				.verifyError(InvalidAnswerException.class);
			TableEntity entity = TableEntity.builder("p", "r").build();
			StepVerifier.create(table.insertAndGet(entity)).verifyError(InvalidAnswerException.class);
			StepVerifier.create(table.get(TableKey.of("p", "r"), "n,m")).verifyError(InvalidEntityException.class);
		}
		assertThat(this.stub.requests()).hasSize(2);
		assertThat(this.stub.requests().get(0).uri()).endsWith("RowKey='r')?$select=PartitionKey%2Cn");
		assertThat(this.stub.requests().get(1).headers()).containsEntry("prefer", "return-content");
	}

	@Test
	void sendsTheVersionAndSignsForTheAccountThatItIsTold() {
		this.stub.answer(404, Map.of(), "{\"odata.error\":{\"code\":\"ResourceNotFound\"}}");
		try (TableServiceClient client = builder().apiVersion("2019-07-07").accountName("shop").build()) {
			client.getTableClient("orders").get("p", "r").block();
			assertThat(client.accountName()).isEqualTo("shop");
		}
		assertThat(this.stub.requests().get(0).headers()).containsEntry("x-ms-version", "2019-07-07")
			.hasEntrySatisfying("authorization", (value) -> assertThat(value).startsWith("SharedKey shop:"));
		assertThatIllegalArgumentException().isThrownBy(() -> builder().apiVersion("latest").build())
			.withMessageContaining("'latest'");
	}

	@Test
	void readsAtTheSecondaryWhereThePrimaryStaysAway() {
		String page = "{\"value\":[{\"odata.etag\":\"x\",\"PartitionKey\":\"p\",\"RowKey\":\"%s\"}]}";
		try (StubTables secondary = new StubTables();
				TableServiceClient client = builder().secondaryEndpoint(secondary.address())
					.readLocation(ReadLocation.PRIMARY_THEN_SECONDARY)
					.options(ClientOptions.defaults().withRetry(RetryOptions.none()))
					.build()) {
			TableClient table = client.getTableClient("orders");
			this.stub.answer(500, Map.of(), "");
			secondary
				.answer(200, Map.of("x-ms-continuation-NextPartitionKey", "p", "x-ms-continuation-NextRowKey", "2"),
						page.formatted("1"))
				.answer(200, Map.of(), page.formatted("2"));
			assertThat(await(table.query(TableQuery.all()).collectList())).extracting(TableEntity::rowKey)
				.containsExactly("1", "2");
			assertThat(this.stub.requests()).hasSize(1);
			assertThat(secondary.requests().get(1).uri()).endsWith("?NextPartitionKey=p&NextRowKey=2");

			this.stub.answer(404, Map.of(), "{\"odata.error\":{\"code\":\"ResourceNotFound\"}}");
			StepVerifier.create(table.get("p", "r")).verifyComplete();
			this.stub.answer(500, Map.of(), "");
			secondary.answer(500, Map.of(), "");
			StepVerifier.create(table.get("p", "r"))
				.verifyErrorSatisfies((error) -> assertThat(error.getSuppressed()).hasSize(1));
			this.stub.answer(500, Map.of(), "");
			StepVerifier.create(table.insert(TableEntity.builder("p", "r").build())).verifyError();
			assertThat(secondary.requests()).hasSize(3);
			this.stub.close();
			secondary.answer(200, Map.of(), "{\"PartitionKey\":\"p\",\"RowKey\":\"r\"}");
			assertThat(await(table.get("p", "r")).rowKey()).isEqualTo("r");
		}
	}

	@Test
	void needsASecondaryEndpointToReadThere() {
		assertThatIllegalArgumentException().isThrownBy(() -> builder().readLocation(ReadLocation.SECONDARY).build())
			.withMessageContaining("secondaryEndpoint");
		try (TableServiceClient client = builder().build()) {
			StepVerifier.create(client.getStatistics())
				.verifyErrorSatisfies((error) -> assertThat(error).hasMessageContaining("secondaryEndpoint"));
		}
	}

	@Test
	void readsXmlWithAByteOrderMarkAndMissingParts() {
		this.stub
			.answer(200, Map.of(),
					"\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><SignedIdentifiers><SignedIdentifier><Id>a</Id>"
							+ "</SignedIdentifier><SignedIdentifier><Id>b</Id><AccessPolicy><Start>2026-01-02</Start>"
							+ "<Expiry>2026-01-02T03:04Z</Expiry><Permission>rd</Permission></AccessPolicy>"
							+ "</SignedIdentifier></SignedIdentifiers>")
			.answer(200, Map.of(), "\uFEFF<StorageServiceStats><GeoReplication><Status>bootstrap</Status>"
					+ "<LastSyncTime></LastSyncTime></GeoReplication></StorageServiceStats>");
		try (TableServiceClient client = builder().secondaryEndpoint(this.stub.address()).build()) {
			assertThat(await(client.getTableClient("orders").getAccessPolicies()))
				.containsExactly(new AccessPolicy("a", null, null, Set.of()),
						new AccessPolicy("b", Instant.parse("2026-01-02T00:00:00Z"),
								Instant.parse("2026-01-02T03:04:00Z"),
								Set.of(TableSasPermission.READ, TableSasPermission.DELETE)));
			assertThat(await(client.getStatistics()))
				.isEqualTo(new TableServiceStatistics(TableServiceStatistics.Status.BOOTSTRAP, null));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "<a/>", "<SignedIdentifiers>", "<SignedIdentifiers/><x/>",
			"<!DOCTYPE SignedIdentifiers SYSTEM \"file:///etc/hostname\"><SignedIdentifiers/>",
			"<!DOCTYPE x [<!ENTITY e \"e\">]><SignedIdentifiers><SignedIdentifier><Id>&e;</Id></SignedIdentifier></SignedIdentifiers>",
			"<SignedIdentifiers><SignedIdentifier><Id></Id></SignedIdentifier></SignedIdentifiers>",
			"<SignedIdentifiers><SignedIdentifier><Id>a</Id><AccessPolicy><Start>soon</Start></AccessPolicy></SignedIdentifier></SignedIdentifiers>",
			"<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a>" })
	void refusesXmlThatTheServiceWouldNotSend(String xml) {
		this.stub.answer(200, Map.of(), xml);
		try (TableServiceClient client = builder().build()) {
			StepVerifier.create(client.getTableClient("orders").getAccessPolicies())
				.expectError(InvalidAnswerException.class)
				.verify(Duration.ofSeconds(10));
		}
	}

	@ParameterizedTest
	@CsvSource({ "https://a.table.core.windows.net/orders?sv=1&sig=c2Vj, https://a.table.core.windows.net, orders",
			"http://127.0.0.1:10002/devstoreaccount1/orders/?sig=c2Vj, http://127.0.0.1:10002/devstoreaccount1, orders",
			"https://a.table.core.windows.net/orders, https://a.table.core.windows.net, orders" })
	void understandsTheUrlOfATable(String url, String endpoint, String table) {
		TableUrl parsed = TableUrl.parse(url);

		assertThat(parsed.endpoint().address()).isEqualTo(endpoint);
		assertThat(parsed.tableName()).isEqualTo(table);
		assertThat(parsed.toString()).doesNotContain("c2Vj");
		assertThat(parsed.credential() != null).isEqualTo(url.contains("?"));
	}

	@Test
	void refusesTheUrlOfNoTableAndShowsNoSignature() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TableServiceClient.builder().fromTableUrl("https://a.table.core.windows.net?sig=c2Vj"))
			.withMessageContaining("has no table")
			.satisfies((ex) -> assertThat(ex).hasMessageNotContaining("c2Vj"));
	}

	@Test
	void knowsTheSecondaryEndpointOfConnectionStrings() {
		assertThat(secondary("UseDevelopmentStorage=true"))
			.isEqualTo("http://127.0.0.1:10002/devstoreaccount1-secondary");
		assertThat(secondary("AccountName=shop;AccountKey=c2Vj"))
			.isEqualTo("https://shop-secondary.table.core.windows.net");
		assertThat(secondary(
				"AccountName=a;AccountKey=c2Vj;TableEndpoint=http://h:1/a;TableSecondaryEndpoint=http://h:2/a"))
			.isEqualTo("http://h:2/a");
		assertThat(
				ConnectionString.parse("AccountName=a;AccountKey=c2Vj;TableEndpoint=http://h:1/a").secondaryEndpoint())
			.isNull();
	}

	private static String secondary(String connectionString) {
		return String.valueOf(ConnectionString.parse(connectionString).secondaryEndpoint());
	}

	@Test
	void saysThatNothingWasSentWhereNoneAnswers() {
		this.stub.close();
		try (TableServiceClient client = builder().build()) {
			StepVerifier
				.create(client.getTableClient("orders")
					.transaction()
					.insert(TableEntity.builder("p", "r").build())
					.submit())
				.expectError(NotSentException.class)
				.verify(Duration.ofSeconds(10));
		}
	}

}
