package dev.reactiveazure.eventgrid;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.reactiveazure.core.AccessToken;
import dev.reactiveazure.core.AuthenticationException;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.emulator.clock.EmulatorClock;
import dev.reactiveazure.emulator.eventgrid.EventGridEmulator;
import dev.reactiveazure.emulator.eventgrid.EventGridSettings;
import dev.reactiveazure.emulator.http.EmulatorServer;
import dev.reactiveazure.emulator.http.FaultPlan;
import dev.reactiveazure.emulator.http.SelfSigned;
import dev.reactiveazure.emulator.http.ServerSettings;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for tokens of Microsoft Entra ID, over HTTPS, in both tiers.
 */
class EntraTokenTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final List<String> scopes = new CopyOnWriteArrayList<>();

	private final AzureCredential.Token credential = new AzureCredential.Token((scope) -> {
		this.scopes.add(scope);
		return Mono.just(new AccessToken("t0ken", Instant.now().plusSeconds(3_600)));
	});

	private EventGridEmulator service;

	private EmulatorServer server;

	private ClientHttpConnector connector;

	@BeforeEach
	void start() throws Exception {
		start(true);
	}

	private void start(boolean acceptTokens) throws Exception {
		EmulatorClock clock = EmulatorClock.system();
		SelfSigned certificate = SelfSigned.create(Clock.systemUTC().instant());
		this.service = new EventGridEmulator(EventGridSettings.builder().acceptBearerTokens(acceptTokens).build(),
				clock);
		this.service.declareSubscription("orders", "billing");
		this.server = new EmulatorServer(
				new ServerSettings(FaultPlan.EVENT_GRID, ServerSettings.LOOPBACK, 0,
						ServerSettings.DEFAULT_MAX_BODY_BYTES, certificate.serverContext(), FaultPlan.create(), clock),
				this.service);
		SslContext trust = SslContextBuilder.forClient().trustManager(certificate.certificate()).build();
		this.connector = new ReactorClientHttpConnector(HttpClient.create().secure((spec) -> spec.sslContext(trust)));
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.service.close();
	}

	private EventGridNamespaceClient.Builder namespace() {
		return EventGridNamespaceClient.builder()
			.endpoint(this.server.endpoint())
			.credential(this.credential)
			.connector(this.connector)
			.receiveConnector(this.connector);
	}

	private static GridEvent event() {
		return GridEvent.builder("1", URI.create("/shop"), "placed").build();
	}

	@Test
	void authoriseBothTiersAndAreFetchedOnce() {
		try (EventGridNamespaceClient namespace = namespace().build();
				EventGridBasicClient basic = EventGridBasicClient.builder()
					.endpoint(this.server.endpoint() + "/api/events")
					.credential(this.credential)
					.connector(this.connector)
					.build()) {
			namespace.publisher("orders").publish(event()).block(LIMIT);
			assertThat(namespace.receiver("orders", "billing")
				.receive(new ReceiveOptions(1, Duration.ofSeconds(10)))
				.block(LIMIT)).hasSize(1);
			basic.cloudEvents().publish(event()).block(LIMIT);
			basic.cloudEvents().publish(event()).block(LIMIT);
		}
		assertThat(this.scopes).containsExactly("https://eventgrid.azure.net/.default",
				"https://eventgrid.azure.net/.default");
	}

	@Test
	void areAskedForAnotherAudience() {
		try (EventGridNamespaceClient namespace = namespace().audience("https://eventgrid.azure.us").build()) {
			namespace.publisher("orders").publish(event()).block(LIMIT);
		}
		assertThat(this.scopes).containsExactly("https://eventgrid.azure.us/.default");
	}

	@Test
	void authoriseRequestsOfAWebClient() {
		assertThat(acknowledgeNothing(EventGridExchangeFilters.forNamespace(this.server.endpoint(), this.credential)))
			.isEqualTo(200);
		assertThat(this.scopes).containsExactly("https://eventgrid.azure.net/.default");
	}

	@Test
	void authoriseRequestsOfAWebClientForAnotherAudience() {
		String audience = "https://eventgrid.azure.us";
		assertThat(acknowledgeNothing(
				EventGridExchangeFilters.forNamespace(this.server.endpoint(), this.credential, audience)))
			.isEqualTo(200);
		assertThat(acknowledgeNothing(
				EventGridExchangeFilters.forBasic(this.server.endpoint() + "/api/events", this.credential, audience)))
			.isEqualTo(200);
		assertThat(this.scopes).containsExactly("https://eventgrid.azure.us/.default",
				"https://eventgrid.azure.us/.default");
	}

	private @Nullable Integer acknowledgeNothing(ExchangeFilterFunction filter) {
		return WebClient.builder()
			.baseUrl(this.server.endpoint())
			.clientConnector(this.connector)
			.filter(filter)
			.build()
			.post()
			.uri("/topics/orders/eventsubscriptions/billing:acknowledge?api-version=2024-06-01")
			.header("Content-Type", "application/json")
			.bodyValue("{\"lockTokens\":[]}")
			.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode().value()))
			.block(LIMIT);
	}

	@Test
	void areNotShownWhereTheyAreRefused() throws Exception {
		stop();
		start(false);
		try (EventGridNamespaceClient namespace = namespace().build()) {
			StepVerifier.create(namespace.publisher("orders").publish(event()))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(AuthenticationException.class)
					.hasMessageNotContaining("t0ken"))
				.verify(LIMIT);
		}
	}

	@Test
	void neverTravelOverPlainHttp() {
		EventGridNamespaceClient.Builder builder = namespace().endpoint("http://127.0.0.1:1");
		assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("https");
	}

}
