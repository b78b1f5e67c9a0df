package dev.reactiveazure.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.reactiveazure.autoconfigure.eventgrid.EventGridConnectionDetails;
import dev.reactiveazure.autoconfigure.tables.TablesConnectionDetails;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.RotatingCredential;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.eventgrid.listener.ContainerEvent;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
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
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Both keys of a running application are regenerated in turn, as the service's
 * documentation has it, while it works: nothing fails and no listener stops.
 */
class KeyRotationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final int ORDERS = 300;

	private static final String FIRST = "Zmlyc3Qta2V5LXRoYXQtaXMtcmVnZW5lcmF0ZWQ=";

	private static final String SECOND = "c2Vjb25kLWtleS10aGF0LWlzLXJlZ2VuZXJhdGVk";

	private static final String NEW_FIRST = "bmV3LWZpcnN0LWtleQ==";

	private static final String NEW_SECOND = "bmV3LXNlY29uZC1rZXk=";

	@Test
	void bothKeysAreRegeneratedUnderLoadAndNoCallFails() {
		try (AzureEmulator emulator = AzureEmulator.builder()
			.accountKey(FIRST)
			.eventGridKey(FIRST)
			.subscription("orders/billing")
			.start()) {
			regenerate(emulator, FIRST, SECOND);
			Map<String, Object> vault = new ConcurrentHashMap<>();
			configure(vault, FIRST, SECOND);
			try (ConfigurableApplicationContext context = run(emulator, vault)) {
				Map<Integer, Runnable> steps = Map.of(ORDERS / 4, () -> regenerate(emulator, NEW_FIRST, SECOND),
						ORDERS / 2, () -> {
							configure(vault, SECOND, NEW_FIRST);
							context.publishEvent(new CredentialsRefreshEvent(this));
						}, 3 * ORDERS / 4, () -> regenerate(emulator, NEW_FIRST, NEW_SECOND));
				StepVerifier.create(Flux.range(0, ORDERS).doOnNext((number) -> steps.getOrDefault(number, () -> {
				}).run()).flatMap((number) -> place(context, number), 8))
					.expectNextCount(ORDERS)
					.expectComplete()
					.verify(LIMIT);
				Billing billing = context.getBean(Billing.class);
				StepVerifier.create(billing.billed().distinct().take(ORDERS))
					.expectNextCount(ORDERS)
					.expectComplete()
					.verify(LIMIT);
				assertThat(billing.containerEvents).hasOnlyElementsOfType(ContainerEvent.Started.class).hasSize(1);
				assertThat(current(context.getBean(EventGridConnectionDetails.class).getCredential()))
					.isEqualTo(new AzureCredential.AccessKey(NEW_FIRST));
				assertThat(current(context.getBean(TablesConnectionDetails.class).getCredential()))
					.isEqualTo(new AzureCredential.SharedKey("devstoreaccount1", NEW_FIRST));
				assertThat(emulator.tables().entityCount("orders")).isEqualTo(ORDERS);
			}
			assertThat(emulator.eventGrid().openLocks("orders", "billing")).isEmpty();
		}
	}

	private static Mono<Order> place(ConfigurableApplicationContext context, int number) {
		Order order = new Order("ada", Integer.toString(number));
		return context.getBean(TableTemplate.class)
			.insert(order)
			.delayUntil((stored) -> context.getBean(EventGridTemplate.class)
				.publish("orders", new OrderPlaced(stored.id())));
	}

	private static void regenerate(AzureEmulator emulator, String first, String second) {
		emulator.tables().replaceKeys(first, second);
		emulator.eventGrid().replaceKeys(first, second);
	}

	private static void configure(Map<String, Object> vault, String first, String second) {
		vault.putAll(Map.of("azure.tables.account-key", first, "azure.tables.secondary-account-key", second,
				"azure.eventgrid.access-key", first, "azure.eventgrid.secondary-access-key", second));
	}

	private static AzureCredential current(AzureCredential credential) {
		return ((RotatingCredential) credential).current();
	}

	private static ConfigurableApplicationContext run(AzureEmulator emulator, Map<String, Object> vault) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("azure.tables.endpoint=" + emulator.tablesEndpoint(),
					"azure.tables.account-name=devstoreaccount1", "azure.tables.template.create-tables=true",
					"azure.eventgrid.endpoint=" + emulator.eventGridEndpoint(),
					"spring.reactor.netty.shutdown-quiet-period=0s", "spring.main.banner-mode=off")
			.initializers((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("vault", vault)))
			.run();
	}

	@Table("orders")
	record Order(@PartitionKey String customer, @RowKey String id) {

	}

	record OrderPlaced(String id) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Billing.class)
	static class Application {

	}

	static class Billing {

		private final Sinks.Many<String> billed = Sinks.many().replay().all();

		private final Queue<ContainerEvent> containerEvents = new ConcurrentLinkedQueue<>();

		@EventGridListener(topic = "orders", subscription = "billing", concurrency = "8")
		Mono<Void> bill(OrderPlaced event) {
			return Mono
				.fromRunnable(() -> this.billed.emitNext(event.id(), Sinks.EmitFailureHandler.busyLooping(LIMIT)));
		}

		@EventListener
		void changed(ContainerEvent event) {
			this.containerEvents.add(event);
		}

		Flux<String> billed() {
			return this.billed.asFlux();
		}

	}

}
