package dev.reactiveazure.benchmarks.stub;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import com.azure.core.credential.AzureNamedKeyCredential;
import com.azure.data.tables.TableAsyncClient;
import com.azure.data.tables.TableClientBuilder;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionType;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import javax.net.ssl.TrustManagerFactory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads the stub's answers with Microsoft's client, or as JSON where that client can't be
 * had.
 */
class StubServerTests {

	private final StubServer stub = StubServer.start();

	@AfterEach
	void stopStub() {
		this.stub.close();
	}

	@Nested
	class Tables {

		@Test
		void pagesHoldAThousandRowsEachUntilTheLast() {
			StepVerifier.create(client("uniform3").listEntities().byPage().map((page) -> page.getValue().size()))
				.expectNext(1000, 1000, 1000)
				.verifyComplete();
		}

		@Test
		void aPageIsAsLongAsTheRequestWants() {
			ListEntitiesOptions options = new ListEntitiesOptions().setTop(7);

			StepVerifier.create(client("uniform2").listEntities(options).byPage().map((page) -> page.getValue().size()))
				.expectNext(7, 7)
				.verifyComplete();
		}

		@Test
		void rowsOfMixedTablesDifferInShapeAndAgreeInValues() {
			List<Map<String, Object>> uniform = payloads("uniform1");
			List<Map<String, Object>> mixed = payloads("mixed1");

			assertThat(mixed).extracting(Map::keySet).doesNotHaveDuplicates();
			for (int row = 0; row < mixed.size(); row++) {
				assertThat(uniform.get(row)).containsAllEntriesOf(mixed.get(row));
			}
		}

		private List<Map<String, Object>> payloads(String table) {
			return client(table).listEntities().toStream().limit(8).map(StubServerTests::payload).toList();
		}

		@Test
		void aRowOfAPageHasAboutTheSizeThatIsPromised() {
			String page = send(HttpMethod.GET, "/devstoreaccount1/uniform1()", "");

			assertThat(page.length() / 1000).isBetween(620, 660);
		}

		@Test
		void twoTablesDecideThemselvesHowMuchMetadataTheyShow() {
			assertThat(send(HttpMethod.GET, "/devstoreaccount1/bare1()?$top=1", "")).doesNotContain("odata");
			assertThat(send(HttpMethod.GET, "/devstoreaccount1/full1()?$top=1", "")).contains("odata.editLink");
		}

		@Test
		void metadataIsLeftOutWhereItIsNotWanted() {
			String page = send(HttpMethod.GET,
					"/devstoreaccount1/uniform1()?$top=1&$format=application/json;odata=nometadata", "");

			assertThat(page).contains("\"number\":\"4200000000\"").doesNotContain("odata");
		}

		@Test
		void aTransactionOfAHundredSucceedsInEachPart() {
			List<TableTransactionAction> actions = IntStream.range(0, 100)
				.mapToObj((row) -> new TableTransactionAction(TableTransactionActionType.CREATE,
						new TableEntity("customer-0000", "order-" + row)))
				.toList();

			StepVerifier.create(client("orders").submitTransaction(actions))
				.assertNext((result) -> assertThat(result.getTransactionActionResponses()).hasSize(100)
					.allSatisfy((part) -> assertThat(part.getStatusCode()).isEqualTo(204)))
				.verifyComplete();
		}

		private TableAsyncClient client(String table) {
			return new TableClientBuilder().endpoint(StubServerTests.this.stub.address() + "/devstoreaccount1")
				.credential(new AzureNamedKeyCredential("devstoreaccount1", "c3R1Yg=="))
				.tableName(table)
				.buildAsyncClient();
		}

	}

	@Nested
	class EventGrid {

		private static final String SUBSCRIPTION = "/topics/orders/eventsubscriptions/billing";

		@Test
		void takesWhatIsPublished() {
			assertThat(send(HttpMethod.POST, "/topics/orders:publish?api-version=2024-06-01", "[]")).isEqualTo("{}");
		}

		@Test
		void neverRunsOutOfEventsAndNeverRepeatsATokenOrAnId() {
			Set<String> tokens = new HashSet<>();
			Set<String> ids = new HashSet<>();

			for (int receive = 0; receive < 3; receive++) {
				for (JsonNode event : receive(100)) {
					tokens.add(event.at("/brokerProperties/lockToken").asString());
					ids.add(event.at("/event/id").asString());
				}
			}

			assertThat(tokens).hasSize(300);
			assertThat(ids).hasSize(300);
		}

		@Test
		void handsOutAsManyEventsAsAreAskedFor() {
			assertThat(receive(3)).hasSize(3);
			assertThat(json(send(HttpMethod.POST, SUBSCRIPTION + ":receive", "")).get("value")).hasSize(1);
		}

		@Test
		void settlesEveryTokenItIsGiven() {
			for (String verb : List.of("acknowledge", "release", "reject", "renewLock")) {
				String answer = send(HttpMethod.POST, SUBSCRIPTION + ":" + verb, "{\"lockTokens\":[\"a+/=\",\"b\"]}");

				assertThat(json(answer).get("succeededLockTokens")).hasSize(2);
				assertThat(answer).contains("\"a+/=\"").contains("\"failedLockTokens\":[]");
			}
		}

		private JsonNode receive(int events) {
			return json(send(HttpMethod.POST, SUBSCRIPTION + ":receive?maxEvents=" + events, "")).get("value");
		}

	}

	@Test
	void speaksTlsWithTheCertificateItIsGiven(@TempDir Path directory) throws Exception {
		StubCertificate certificate = StubCertificate.create(directory);
		try (StubServer server = StubServer.start(certificate)) {
			KeyStore trusted = KeyStore.getInstance(certificate.file().toFile(), "loopback".toCharArray());
			TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			managers.init(trusted);

			SslContext trusting = SslContextBuilder.forClient().trustManager(managers).build();

			String page = HttpClient.newConnection()
				.secure((tls) -> tls.sslContext(trusting))
				.get()
				.uri(server.address() + "/devstoreaccount1/uniform1()")
				.responseContent()
				.aggregate()
				.asString(UTF_8)
				.block();

			assertThat(page).isNotNull();
			assertThat(server.address()).hasScheme("https");
			assertThat(json(page).get("value")).hasSize(1000);
		}
	}

	@Test
	void namesTheRequestItHasNoAnswerTo() {
		assertThat(send(HttpMethod.PUT, "/devstoreaccount1/orders", "")).contains("PUT /devstoreaccount1/orders");
	}

	private static Map<String, Object> payload(TableEntity row) {
		Map<String, Object> payload = new HashMap<>(row.getProperties());
		payload.keySet().removeIf((property) -> property.contains("odata"));
		return payload;
	}

	private static JsonNode json(String text) {
		return JsonMapper.shared().readTree(text);
	}

	private String send(HttpMethod method, String path, String body) {
		String answer = HttpClient.newConnection()
			.headers((headers) -> headers.set("Content-Length", body.length()))
			.request(method)
			.uri(this.stub.address() + path)
			.send(Mono.fromSupplier(() -> Unpooled.copiedBuffer(body, UTF_8)))
			.responseContent()
			.aggregate()
			.asString(UTF_8)
			.block();
		assertThat(answer).isNotNull();
		return answer;
	}

}
