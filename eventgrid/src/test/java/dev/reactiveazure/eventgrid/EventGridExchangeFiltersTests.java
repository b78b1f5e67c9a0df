package dev.reactiveazure.eventgrid;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.emulator.AzureEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EventGridExchangeFilters} against the emulator.
 */
class EventGridExchangeFiltersTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final MediaType CLOUD_EVENT = MediaType.parseMediaType("application/cloudevents+json");

	private AzureEmulator emulator;

	private AzureCredential.AccessKey key;

	@BeforeEach
	void start() {
		this.emulator = AzureEmulator.builder().tables(false).subscription("orders/billing").start();
		this.key = new AzureCredential.AccessKey(this.emulator.eventGridKey());
	}

	@AfterEach
	void stop() {
		this.emulator.close();
	}

	private WebClient client(ExchangeFilterFunction filter) {
		return WebClient.builder().baseUrl(this.emulator.eventGridEndpoint()).filter(filter).build();
	}

	private WebClient namespace() {
		return client(EventGridExchangeFilters.forNamespace(this.emulator.eventGridEndpoint(), this.key));
	}

	private int status(WebClient.RequestHeadersSpec<?> request) {
		Integer status = request
			.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode().value()))
			.block(LIMIT);
		return (status != null) ? status : 0;
	}

	@Test
	void signsARequestWithText() {
		assertThat(status(namespace().post()
			.uri("/topics/orders:publish?api-version=2024-06-01")
			.contentType(CLOUD_EVENT)
			.bodyValue("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\",\"type\":\"placed\"}")))
			.isEqualTo(200);
		assertThat(this.emulator.eventGrid().pendingCount("orders", "billing")).isEqualTo(1);
	}

	@Test
	void signsARequestWithAnObject() {
		assertThat(status(namespace().post()
			.uri("/topics/orders:publish?api-version=2024-06-01")
			.contentType(CLOUD_EVENT)
			.bodyValue(Map.of("specversion", "1.0", "id", "1", "source", "/shop", "type", "placed")))).isEqualTo(200);
		assertThat(this.emulator.eventGrid().pendingCount("orders", "billing")).isEqualTo(1);
	}

	@Test
	void signsARequestWithoutABody() {
		String target = "/topics/orders/eventsubscriptions/billing?api-version=2024-06-01";
		assertThat(status(namespace().get().uri(target))).isNotEqualTo(401);
		assertThat(status(WebClient.create(this.emulator.eventGridEndpoint()).post().uri(target))).as("not signed")
			.isEqualTo(401);
	}

	@Test
	void signsForTheBasicTier() {
		String endpoint = this.emulator.eventGridEndpoint() + "/api/events";
		for (AzureCredential credential : List.of(this.key,
				EventGridSas.generate(endpoint, this.key, java.time.Instant.now().plusSeconds(60)))) {
			assertThat(status(client(EventGridExchangeFilters.forBasic(endpoint, credential)).post()
				.uri("/api/events?api-version=2018-01-01")
				.bodyValue(List.of(Map.of("id", "7"))))).isEqualTo(200);
		}
		assertThat(this.emulator.eventGrid().basicEvents()).hasSize(2);
	}

	@Test
	void givesTheCredentialToNoOtherHost() {
		WebClient client = client(
				EventGridExchangeFilters.forNamespace("https://shop.westeurope-1.eventgrid.azure.net", this.key));
		StepVerifier.create(client.get().uri("/x?secret=s3cret").retrieve().toBodilessEntity())
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(IllegalArgumentException.class)
				.hasMessageContaining("127.0.0.1")
				.hasMessageContaining("shop.westeurope-1")
				.hasMessageNotContaining("s3cret"))
			.verify(LIMIT);
	}

	@Test
	void refusesTheOtherTiersEndpointsAndCredentials() {
		String basic = "https://orders.westeurope-1.eventgrid.azure.net/api/events";
		assertThatIllegalArgumentException().isThrownBy(() -> EventGridExchangeFilters.forNamespace(basic, this.key))
			.withMessageContaining("Basic");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EventGridExchangeFilters.forNamespace(this.emulator.eventGridEndpoint(),
					new AzureCredential.Sas("r=a&e=b&s=c")))
			.withMessageContaining("shared access signatures");
	}

}
