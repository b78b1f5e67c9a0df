package dev.reactiveazure.autoconfigure;

import java.math.BigDecimal;
import java.time.Duration;

import dev.reactiveazure.autoconfigure.emulator.EmbeddedEmulator;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.Table;
import dev.reactiveazure.tables.template.TableTemplate;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whole applications on the embedded emulator, over real HTTP.
 */
class EmulatedApplicationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	@Test
	void storesARowAndHandlesAnEventWithoutAWebServer() {
		try (ConfigurableApplicationContext context = run(WebApplicationType.NONE, Application.class)) {
			TableTemplate tables = context.getBean(TableTemplate.class);
			EventGridTemplate events = context.getBean(EventGridTemplate.class);
			Order order = new Order("ada", "1", new BigDecimal("12.50"));
			StepVerifier
				.create(tables.insert(order)
					.then(events.publish("orders", new OrderPlaced("1")))
					.then(tables.findByKey(new TableKey("ada", "1"), Order.class)))
				.expectNext(order)
				.expectComplete()
				.verify(LIMIT);
			StepVerifier.create(context.getBean(Billing.class).billed().take(1))
				.expectNext("1")
				.expectComplete()
				.verify(LIMIT);
		}
	}

	@Test
	void losesNoEventThatIsPublishedTheMomentTheWebServerListens() {
		try (ConfigurableApplicationContext context = run(WebApplicationType.REACTIVE, EarlyApplication.class)) {
			StepVerifier.create(context.getBean(Billing.class).billed().take(1))
				.expectNext("early")
				.expectComplete()
				.verify(LIMIT);
			assertThat(context.getBean(EarlyApplication.class).listenersRanFirst)
				.as("listeners started before the web server")
				.isFalse();
		}
	}

	@Test
	void declaresTheSubscriptionsOfListenersThatDoNotStartByThemselves() {
		try (ConfigurableApplicationContext context = run(WebApplicationType.NONE, Application.class)) {
			EmbeddedEmulator emulator = context.getBean(EmbeddedEmulator.class);
			StepVerifier.create(context.getBean(EventGridTemplate.class).publish("orders", new OrderPlaced("2")))
				.expectComplete()
				.verify(LIMIT);
			assertThat(emulator.startEventGrid().eventGrid().pendingCount("orders", "archive")).isEqualTo(1);
		}
	}

	@Test
	void listensThoughBeansAreInitializedLazily() {
		try (ConfigurableApplicationContext context = run(WebApplicationType.NONE, Application.class,
				"spring.main.lazy-initialization=true")) {
			StepVerifier.create(context.getBean(EventGridTemplate.class).publish("orders", new OrderPlaced("4")))
				.expectComplete()
				.verify(LIMIT);
			assertThat(context.getBeanFactory().containsSingleton(Billing.class.getName())).isTrue();
			StepVerifier.create(context.getBean(Billing.class).billed().take(1))
				.expectNext("4")
				.expectComplete()
				.verify(LIMIT);
		}
	}

	@Test
	void worksOnTheConnectorOfTheJdk() {
		try (ConfigurableApplicationContext context = run(WebApplicationType.NONE, Application.class,
				"spring.http.clients.reactive.connector=jdk")) {
			Order order = new Order("ada", "1", BigDecimal.ONE);
			StepVerifier.create(context.getBean(TableTemplate.class).insert(order))
				.expectNext(order)
				.expectComplete()
				.verify(LIMIT);
		}
	}

	@Test
	void stopsWithoutLeavingALockedEvent() {
		EmbeddedEmulator emulator;
		try (ConfigurableApplicationContext context = run(WebApplicationType.NONE, Application.class)) {
			emulator = context.getBean(EmbeddedEmulator.class);
			StepVerifier.create(context.getBean(EventGridTemplate.class).publish("orders", new OrderPlaced("3")))
				.expectComplete()
				.verify(LIMIT);
			StepVerifier.create(context.getBean(Billing.class).billed().take(1))
				.expectNextCount(1)
				.expectComplete()
				.verify(LIMIT);
		}
		assertThat(emulator.startEventGrid().eventGrid().openLocks("orders", "billing")).isEmpty();
	}

	private static ConfigurableApplicationContext run(WebApplicationType type, Class<?> application,
			String... properties) {
		return new SpringApplicationBuilder(application).web(type)
			.properties("azure.emulator.enabled=true", "azure.tables.template.create-tables=true", "server.port=0",
					"spring.reactor.netty.shutdown-quiet-period=0s", "spring.main.banner-mode=off")
			.properties(properties)
			.run();
	}

	@Table("orders")
	record Order(@PartitionKey String customer, @RowKey String id, BigDecimal total) {

	}

	record OrderPlaced(String id) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Billing.class)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Billing.class)
	static class EarlyApplication {

		private final EventGridTemplate events;

		private final EventGridListenerRegistry listeners;

		private boolean listenersRanFirst;

		EarlyApplication(EventGridTemplate events, EventGridListenerRegistry listeners) {
			this.events = events;
			this.listeners = listeners;
		}

		@EventListener(WebServerInitializedEvent.class)
		void publish() {
			this.listenersRanFirst = this.listeners.isRunning();
			this.events.publish("orders", new OrderPlaced("early")).block(LIMIT);
		}

	}

	static class Billing {

		private final Sinks.Many<String> billed = Sinks.many().replay().all();

		@EventGridListener(topic = "orders", subscription = "billing", concurrency = "2")
		Mono<Void> bill(OrderPlaced event) {
			return Mono.fromRunnable(() -> this.billed.tryEmitNext(event.id()));
		}

		@EventGridListener(topic = "orders", subscription = "archive", autoStartup = "false")
		void archive(OrderPlaced event) {
		}

		Flux<String> billed() {
			return this.billed.asFlux();
		}

	}

}
