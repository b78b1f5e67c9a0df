package dev.reactiveazure.autoconfigure.eventgrid.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BooleanSupplier;

import dev.reactiveazure.autoconfigure.emulator.EmulatorAutoConfiguration;
import dev.reactiveazure.autoconfigure.eventgrid.EventGridAutoConfiguration;
import dev.reactiveazure.autoconfigure.eventgrid.actuate.EventGridListenersEndpoint.Action;
import dev.reactiveazure.eventgrid.listener.ContainerStatus;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainer;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EventGridActuatorTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmulatorAutoConfiguration.class, EventGridAutoConfiguration.class,
				EventGridEndpointAutoConfiguration.class, EventGridHealthAutoConfiguration.class))
		.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s", "azure.emulator.enabled=true",
				"management.endpoints.web.exposure.include=*")
		.withUserConfiguration(Billing.class);

	@Nested
	class OfHealth {

		@Test
		void isUpWhileListenersReceive() {
			runner.run((context) -> {
				Health health = health(context);
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				assertThat(health.getDetails().toString()).contains("billing.bill").contains("RUNNING");
			});
		}

		@Test
		void isDownAndSaysWhyWhenReceivesFail() {
			runner
				.withPropertyValues("azure.eventgrid.endpoint=http://127.0.0.1:1", "azure.eventgrid.access-key=secret",
						"azure.eventgrid.listener.min-backoff=1ms", "azure.eventgrid.listener.max-backoff=1ms")
				.run((context) -> {
					await(() -> container(context).status().failedReceives() >= 3);
					assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
					assertThat(health(context).getDetails().toString()).contains("failedReceives")
						.contains("127.0.0.1:1")
						.doesNotContain("secret");
				});
		}

		@Test
		void isOutOfServiceWhileAListenerIsPaused() {
			runner.run((context) -> {
				container(context).pause("maintenance");
				assertThat(health(context).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
				assertThat(health(context).getDetails().toString()).contains("maintenance");
			});
		}

		@Test
		void isUpWhenAListenerWasStoppedOnPurpose() {
			runner.run((context) -> {
				container(context).stop();
				assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			});
		}

		@Test
		void canBeSwitchedOff() {
			runner.withPropertyValues("management.health.azure-eventgrid-listeners.enabled=false")
				.run((context) -> assertThat(context).doesNotHaveBean(EventGridListenersHealthIndicator.class));
		}

		@Test
		void isNotNeeded() {
			runner
				.withClassLoader(
						new FilteredClassLoader("org.springframework.boot.health", "org.springframework.boot.actuate"))
				.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EventGridListenersEndpoint.class));
		}

		private Health health(ApplicationContext context) {
			Health health = context.getBean("azureEventgridListenersHealthIndicator", HealthIndicator.class).health();
			assertThat(health).isNotNull();
			return health;
		}

	}

	@Nested
	class Management {

		@Test
		void listsTheListeners() {
			runner.run((context) -> assertThat(endpoint(context).listeners().listeners()).singleElement()
				.satisfies((listener) -> {
					assertThat(listener.topic()).isEqualTo("orders");
					assertThat(listener.subscription()).isEqualTo("billing");
					assertThat(listener.phase()).isEqualTo(ContainerStatus.Phase.RUNNING);
				}));
		}

		@Test
		void pausesAndResumesAListener() {
			runner.run((context) -> {
				String id = container(context).id();
				assertThat(endpoint(context).change(id, Action.PAUSE)).isNotNull()
					.extracting(EventGridListenersEndpoint.Listener::phase)
					.isEqualTo(ContainerStatus.Phase.PAUSED);
				assertThat(endpoint(context).change(id, Action.RESUME)).isNotNull()
					.extracting(EventGridListenersEndpoint.Listener::phase)
					.isEqualTo(ContainerStatus.Phase.RUNNING);
			});
		}

		@Test
		void stopsAndStartsAListener() {
			runner.run((context) -> {
				EventGridListenerContainer container = container(context);
				endpoint(context).change(container.id(), Action.STOP);
				await(() -> container.status().phase() == ContainerStatus.Phase.STOPPED);
				endpoint(context).change(container.id(), Action.START);
				assertThat(container.status().phase()).isEqualTo(ContainerStatus.Phase.RUNNING);
			});
		}

		@Test
		void knowsNoListenerOfAnotherId() {
			runner.run((context) -> {
				assertThat(endpoint(context).listener("other")).isNull();
				assertThat(endpoint(context).change("other", Action.STOP)).isNull();
			});
		}

		@Test
		void answersWhatCanNotBeDoneNowAsAMistakeOfTheCaller() throws Exception {
			try (ConfigurableApplicationContext context = application(
					"management.endpoint.eventgridlisteners.access=unrestricted")) {
				container(context).stop();
				assertThat(send(context, "POST").statusCode()).isEqualTo(400);
				assertThatExceptionOfType(InvalidEndpointRequestException.class)
					.isThrownBy(() -> endpoint(context).change(container(context).id(), Action.PAUSE))
					.withMessageContaining("can't be paused: it is not running");
			}
		}

		@Test
		void isReadOnlyByDefault() throws Exception {
			try (ConfigurableApplicationContext context = application()) {
				assertThat(send(context, "GET").statusCode()).isEqualTo(200);
				assertThat(send(context, "GET").body()).contains("\"subscription\":\"billing\"");
				assertThat(send(context, "POST").statusCode()).isEqualTo(405);
			}
		}

		@Test
		void changesListenersWhereAccessAllows() throws Exception {
			try (ConfigurableApplicationContext context = application(
					"management.endpoint.eventgridlisteners.access=unrestricted")) {
				assertThat(send(context, "POST").body()).contains("\"phase\":\"PAUSED\"");
				assertThat(container(context).status().phase()).isEqualTo(ContainerStatus.Phase.PAUSED);
			}
		}

		private EventGridListenersEndpoint endpoint(ApplicationContext context) {
			return context.getBean(EventGridListenersEndpoint.class);
		}

		private ConfigurableApplicationContext application(String... properties) {
			return new SpringApplicationBuilder(Application.class).web(WebApplicationType.REACTIVE)
				.properties("azure.emulator.enabled=true", "server.port=0", "spring.main.banner-mode=off",
						"spring.reactor.netty.shutdown-quiet-period=0s",
						"management.endpoints.web.exposure.include=eventgridlisteners")
				.properties(properties)
				.run();
		}

		private HttpResponse<String> send(ConfigurableApplicationContext context, String method)
				throws IOException, InterruptedException {
			URI uri = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port")
					+ "/actuator/eventgridlisteners/" + container(context).id());
			HttpRequest request = HttpRequest.newBuilder(uri)
				.header("Content-Type", "application/json")
				.method(method,
						method.equals("GET") ? HttpRequest.BodyPublishers.noBody()
								: HttpRequest.BodyPublishers.ofString("{\"action\":\"pause\"}"))
				.build();
			return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		}

	}

	private static EventGridListenerContainer container(ApplicationContext context) {
		return context.getBean(EventGridListenerRegistry.class).containers().iterator().next();
	}

	private static void await(BooleanSupplier condition) {
		Flux.interval(Duration.ofMillis(5)).takeUntil((tick) -> condition.getAsBoolean()).blockLast(LIMIT);
	}

	@Configuration(value = "billing", proxyBeanMethods = false)
	static class Billing {

		@EventGridListener(topic = "orders", subscription = "billing")
		Mono<Void> bill(String event) {
			return Mono.empty();
		}

	}

	@EnableAutoConfiguration
	@Configuration(proxyBeanMethods = false)
	@Import(Billing.class)
	static class Application {

	}

}
