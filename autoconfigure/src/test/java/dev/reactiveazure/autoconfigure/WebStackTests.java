package dev.reactiveazure.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.Table;
import dev.reactiveazure.tables.template.TableTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same application on WebFlux and on MVC, and where its blocking listeners run.
 */
class WebStackTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String VIRTUAL = "spring.threads.virtual.enabled=true";

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void aReactiveControllerWorksOnBothStacks(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext context = run(type)) {
			assertThat(post(context, "/reactive/1")).isEqualTo("1");
			handled(context, "1");
		}
	}

	@Test
	void aControllerOfMvcMayBlock() throws Exception {
		try (ConfigurableApplicationContext context = run(WebApplicationType.SERVLET)) {
			assertThat(post(context, "/blocking/2")).isEqualTo("2");
			handled(context, "2");
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need Java 21 or later: run this on 25 too")
	void onJava21AndLaterBlockingCodeRunsOnVirtualThreadsWherePropertiesSaySo() throws Exception {
		try (ConfigurableApplicationContext context = run(WebApplicationType.SERVLET, VIRTUAL)) {
			assertThat(post(context, "/blocking/3")).isEqualTo("3");
			assertThat(handled(context, "3")).startsWith("VirtualThread");
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need Java 21 or later: run this on 25 too")
	void onJava21AndLaterBlockingListenersRunOnPlatformThreadsByDefault() throws Exception {
		try (ConfigurableApplicationContext context = run(WebApplicationType.NONE)) {
			assertThat(published(context, "4")).startsWith("Thread[");
		}
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20, disabledReason = "is about Java without virtual threads")
	void beforeJava21ThePropertyChangesNothing() throws Exception {
		try (ConfigurableApplicationContext context = run(WebApplicationType.NONE, VIRTUAL)) {
			assertThat(published(context, "5")).startsWith("Thread[");
		}
	}

	private static String published(ConfigurableApplicationContext context, String id) {
		StepVerifier.create(context.getBean(EventGridTemplate.class).publish("orders", new OrderPlaced(id)))
			.expectComplete()
			.verify(LIMIT);
		return handled(context, id);
	}

	/**
	 * Wait until the event was handled.
	 * @return the thread on which it was
	 */
	private static String handled(ConfigurableApplicationContext context, String id) {
		Handled handled = context.getBean(Billing.class).handled().blockFirst(LIMIT);
		assertThat(handled).isNotNull();
		assertThat(handled.id()).isEqualTo(id);
		return handled.thread();
	}

	private static String post(ConfigurableApplicationContext context, String path)
			throws IOException, InterruptedException {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
			.timeout(LIMIT)
			.POST(HttpRequest.BodyPublishers.noBody())
			.build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return response.body();
	}

	private static ConfigurableApplicationContext run(WebApplicationType type, String... properties) {
		return new SpringApplicationBuilder(Application.class).web(type)
			.properties("azure.emulator.enabled=true", "azure.tables.template.create-tables=true", "server.port=0",
					"spring.reactor.netty.shutdown-quiet-period=0s", "spring.main.banner-mode=off")
			.properties(properties)
			.run();
	}

	@Table("orders")
	record Order(@PartitionKey String customer, @RowKey String id) {

	}

	record OrderPlaced(String id) {

	}

	record Handled(String id, String thread) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Billing.class, Orders.class })
	static class Application {

	}

	@RestController
	static class Orders {

		private final TableTemplate tables;

		private final EventGridTemplate events;

		Orders(TableTemplate tables, EventGridTemplate events) {
			this.tables = tables;
			this.events = events;
		}

		@PostMapping("/reactive/{id}")
		Mono<String> place(@PathVariable String id) {
			return this.tables.insert(new Order("ada", id))
				.flatMap((order) -> this.events.publish("orders", new OrderPlaced(order.id())).thenReturn(order.id()));
		}

		@PostMapping("/blocking/{id}")
		String placeAndWait(@PathVariable String id) {
			return String.valueOf(place(id).block(LIMIT));
		}

	}

	static class Billing {

		private final Sinks.Many<Handled> handled = Sinks.many().replay().all();

		@EventGridListener(topic = "orders", subscription = "billing", concurrency = "1")
		void bill(OrderPlaced event) {
			this.handled.emitNext(new Handled(event.id(), Thread.currentThread().toString()),
					Sinks.EmitFailureHandler.FAIL_FAST);
		}

		Flux<Handled> handled() {
			return this.handled.asFlux();
		}

	}

}
