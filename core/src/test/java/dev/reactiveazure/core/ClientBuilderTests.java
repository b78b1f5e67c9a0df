package dev.reactiveazure.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.client.reactive.ClientHttpConnector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ClientBuilderTests {

	private final TestBuilder complete = new TestBuilder().endpoint("https://shop.table.core.windows.net")
		.credential(new AzureCredential.AccessKey("open-sesame"));

	@Test
	void namesWhatIsMissingAndHowToSetIt() {
		assertThatIllegalStateException().isThrownBy(() -> new TestBuilder().build())
			.withMessage("An endpoint is missing: TestClient.builder().endpoint(…).credential(…)");
		assertThatIllegalStateException().isThrownBy(() -> new TestBuilder().endpoint("https://host").build())
			.withMessage("A credential is missing: TestClient.builder().endpoint(…).credential(…)");
	}

	@Test
	void hasDefaultsForTheRest() {
		ClientSettings settings = this.complete.build();
		assertThat(settings.apiVersion()).isEqualTo("2026-01-01");
		assertThat(settings.audience()).isNull();
		assertThat(settings.options()).isEqualTo(ClientOptions.defaults());
		assertThat(settings.connector()).isNull();
		assertThat(settings.poolOptions()).isEqualTo(PoolOptions.defaults());
		assertThat(settings.observationRegistry()).isSameAs(ObservationRegistry.NOOP);
		assertThat(settings.scheduler()).isSameAs(Schedulers.parallel());
		assertThat(settings.clock()).isEqualTo(Clock.systemUTC());
		assertThat(settings.random().getAsDouble()).isBetween(0.0, 1.0);
	}

	@Test
	void handsOnWhatItWasTold() {
		ClientOptions options = ClientOptions.defaults().withResponseTimeout(Duration.ofSeconds(2));
		PoolOptions poolOptions = PoolOptions.defaults().withMaxConnections(7);
		ClientHttpConnector connector = (method, uri, callback) -> {
			throw new UnsupportedOperationException();
		};
		ObservationRegistry registry = ObservationRegistry.create();
		Scheduler scheduler = Schedulers.immediate();
		Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
		ClientSettings settings = this.complete.apiVersion("2027-01-01")
			.audience("https://storage.azure.us")
			.options(options)
			.poolOptions(poolOptions)
			.connector(connector)
			.observationRegistry(registry)
			.scheduler(scheduler)
			.clock(clock)
			.random(() -> 0.25)
			.build();
		assertThat(settings).isEqualTo(new ClientSettings(new AzureEndpoint("https://shop.table.core.windows.net"),
				new AzureCredential.AccessKey("open-sesame"), "2027-01-01", "https://storage.azure.us", options,
				connector, poolOptions, registry, scheduler, clock, settings.random()));
		assertThat(settings.random().getAsDouble()).isEqualTo(0.25);
	}

	@Test
	void refusesWhatCanNotBeSent() {
		assertThatIllegalArgumentException().isThrownBy(() -> new TestBuilder().endpoint("shop"))
			.withMessageContaining("'shop'");
		assertThatIllegalArgumentException().isThrownBy(() -> new TestBuilder().apiVersion(" "))
			.withMessageContaining("api-version");
		assertThatIllegalArgumentException().isThrownBy(() -> new TestBuilder().audience(""))
			.withMessageContaining("audience");
	}

	@Test
	void showsNoSecret() {
		assertThat(this.complete.build()).asString().contains("shop.table").doesNotContain("sesame");
	}

	private static final class TestBuilder extends ClientBuilder<TestBuilder> {

		private TestBuilder() {
			super("TestClient.builder().endpoint(…).credential(…)", "2026-01-01");
		}

		ClientSettings build() {
			return settings();
		}

	}

}
