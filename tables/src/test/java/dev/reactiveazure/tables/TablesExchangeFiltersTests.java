package dev.reactiveazure.tables;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.emulator.AzureEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.DefaultUriBuilderFactory;
import org.springframework.web.util.DefaultUriBuilderFactory.EncodingMode;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TablesExchangeFilters} against the emulator, which verifies each
 * signature.
 */
class TablesExchangeFiltersTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private AzureEmulator emulator;

	private AzureCredential key;

	private TableServiceClient service;

	private TableClient orders;

	@BeforeEach
	void start() {
		this.emulator = AzureEmulator.builder().eventGrid(false).start();
		this.key = ConnectionString.parse(this.emulator.tablesConnectionString()).credential();
		this.service = TableServiceClient.builder().connectionString(this.emulator.tablesConnectionString()).build();
		this.orders = this.service.getTableClient("orders");
		this.service.createTable("orders").block(LIMIT);
	}

	@AfterEach
	void stop() {
		this.service.close();
		this.emulator.close();
	}

	private WebClient client(ExchangeFilterFunction filter) {
		DefaultUriBuilderFactory uris = new DefaultUriBuilderFactory(this.emulator.tablesEndpoint());
		uris.setEncodingMode(EncodingMode.VALUES_ONLY);
		return WebClient.builder()
			.uriBuilderFactory(uris)
			.defaultHeader("x-ms-version", TablesDialect.DEFAULT_VERSION)
			.defaultHeader("Accept", "application/json;odata=nometadata")
			.filter(filter)
			.build();
	}

	private WebClient signed() {
		return client(TablesExchangeFilters.forService(this.emulator.tablesEndpoint(), this.key));
	}

	private static int status(WebClient.RequestHeadersSpec<?> request) {
		return await(
				request.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode().value())));
	}

	@Test
	void signsARequestWithoutABody() {
		this.orders.insert(TableEntity.builder("a da", "it's").put("total", 42).build()).block(LIMIT);

		String row = await(signed().get()
			.uri("/orders(PartitionKey='{p}',RowKey='{r}')?$select=total", "a da", "it''s")
			.retrieve()
			.bodyToMono(String.class));

		assertThat(row).contains("\"total\":42");
		assertThat(status(signed().get().uri("/?restype=service&comp=properties"))).isEqualTo(200);
		assertThat(status(WebClient.create(this.emulator.tablesEndpoint()).get().uri("/orders()"))).as("not signed")
			.isEqualTo(401);
	}

	@Test
	void signsARequestWithText() {
		assertThat(status(signed().post()
			.uri("/orders")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"PartitionKey\":\"ada\",\"RowKey\":\"7\",\"note\":\"\u00e9\ud83d\ude00\"}"))).isEqualTo(201);
		assertThat(await(this.orders.get("ada", "7")).get("note")).isEqualTo("\u00e9\ud83d\ude00");
	}

	@Test
	void signsTheContentTypeThatTheWriterOfAnObjectSets() {
		assertThat(status(
				signed().post().uri("/orders").bodyValue(Map.of("PartitionKey", "ada", "RowKey", "8", "total", 42))))
			.isEqualTo(201);
		assertThat(await(this.orders.get("ada", "8")).get("total")).isEqualTo(42);
	}

	@Test
	void signsEachTryAnew() {
		Mono<Integer> call = signed().get()
			.uri("/orders()")
			.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode().value()));

		StepVerifier.create(call.repeat(2)).expectNext(200, 200, 200).expectComplete().verify(LIMIT);
	}

	@Test
	void takesAConnectionStringAndASharedAccessSignature() {
		assertThat(
				status(client(TablesExchangeFilters.forConnectionString(this.emulator.tablesConnectionString())).get()
					.uri("/orders()")))
			.isEqualTo(200);
		AzureCredential.Sas sas = this.orders.generateSas(TableSas.builder()
			.permissions(TableSasPermission.READ)
			.expiry(Instant.now().plusSeconds(600))
			.protocol(SasProtocol.HTTPS_AND_HTTP)
			.build());
		WebClient reader = client(TablesExchangeFilters.forService(this.emulator.tablesEndpoint(), sas));
		assertThat(status(reader.get().uri("/orders()"))).isEqualTo(200);
		assertThat(status(reader.get().uri("/orders()?$top=1"))).isEqualTo(200);
		assertThat(status(reader.post().uri("/orders").bodyValue(Map.of("PartitionKey", "a", "RowKey", "b"))))
			.isEqualTo(403);
	}

	@Test
	void asksForTokensOfTheServicesOwnAudienceOrAnother() {
		List<String> scopes = new ArrayList<>();
		AzureCredential token = new AzureCredential.Token((scope) -> {
			scopes.add(scope);
			return Mono.error(new IllegalStateException("no token today"));
		});
		String endpoint = "https://shop.table.core.windows.net";

		for (ExchangeFilterFunction filter : List.of(TablesExchangeFilters.forService(endpoint, token),
				TablesExchangeFilters.forService(endpoint, token, "https://storage.azure.us"),
				TablesExchangeFilters.forService("https://shop.table.cosmos.azure.com", token))) {
			WebClient client = WebClient.builder().filter(filter).build();
			String host = scopes.size() == 2 ? "https://shop.table.cosmos.azure.com" : endpoint;
			StepVerifier.create(client.get().uri(host + "/orders()").retrieve().toBodilessEntity())
				.expectError()
				.verify(LIMIT);
		}

		assertThat(scopes).containsExactly("https://storage.azure.com/.default", "https://storage.azure.us/.default",
				"https://cosmos.azure.com/.default");
	}

	@Test
	void isRefusedWithTheWrongKey() {
		AzureCredential wrong = new AzureCredential.SharedKey("devstoreaccount1", "d3Jvbmc=");

		assertThat(status(
				client(TablesExchangeFilters.forService(this.emulator.tablesEndpoint(), wrong)).get().uri("/orders()")))
			.isEqualTo(403);
	}

	@Test
	void givesTheCredentialToNoOtherHost() {
		WebClient client = client(TablesExchangeFilters.forService("https://shop.table.core.windows.net", this.key));

		StepVerifier.create(client.get().uri("/x?secret=s3cret").retrieve().toBodilessEntity())
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(IllegalArgumentException.class)
				.hasMessageContaining("127.0.0.1")
				.hasMessageContaining("shop.table.core.windows.net")
				.hasMessageNotContaining("s3cret"))
			.verify(LIMIT);
	}

	@Test
	void refusesCredentialsThatTheServiceDoesNotTake() {
		String endpoint = this.emulator.tablesEndpoint();

		assertThatIllegalArgumentException()
			.isThrownBy(() -> TablesExchangeFilters.forService(endpoint, new AzureCredential.AccessKey("k")))
			.withMessageContaining("AccessKey");
		assertThatIllegalArgumentException().isThrownBy(
				() -> TablesExchangeFilters.forService(endpoint, new AzureCredential.Token((scope) -> Mono.never())))
			.withMessageContaining("https");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TablesExchangeFilters.forService("shop.table.core.windows.net", this.key));
	}

}
