package dev.reactiveazure.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.reactiveazure.autoconfigure.eventgrid.EventGridConnectionDetails;
import dev.reactiveazure.autoconfigure.tables.TablesConnectionDetails;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.RotatingCredential;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.eventgrid.EventGridPublisherClient;
import dev.reactiveazure.eventgrid.EventGridSas;
import dev.reactiveazure.eventgrid.listener.ContainerEvent;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.template.CloudEventFactory;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.tables.AccountSas;
import dev.reactiveazure.tables.AccountSasPermission;
import dev.reactiveazure.tables.SasProtocol;
import dev.reactiveazure.tables.SasResourceType;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.Table;
import dev.reactiveazure.tables.template.TableTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

	@Test
	void signaturesInFilesAreReplacedUnderLoadBeforeTheirKeysAreRegeneratedAndNoCallFails(@TempDir Path directory) {
		try (AzureEmulator emulator = AzureEmulator.builder().start()) {
			regenerate(emulator, FIRST, SECOND);
			Signatures signatures = new Signatures(emulator, directory);
			signatures.write(FIRST);
			try (ConfigurableApplicationContext context = signatures.run()) {
				Map<Integer, Runnable> steps = Map.of(ORDERS / 4, () -> signatures.replace(context, SECOND), ORDERS / 2,
						() -> regenerate(emulator, NEW_FIRST, SECOND), 3 * ORDERS / 4, () -> {
							signatures.replace(context, NEW_FIRST);
							regenerate(emulator, NEW_FIRST, NEW_SECOND);
						});
				StepVerifier.create(Flux.range(0, ORDERS).doOnNext((number) -> steps.getOrDefault(number, () -> {
				}).run()).flatMap((number) -> placeAtATopic(context, number), 8))
					.expectNextCount(ORDERS)
					.expectComplete()
					.verify(LIMIT);
				assertThat(emulator.tables().entityCount("orders")).isEqualTo(ORDERS);
				assertThat(emulator.eventGrid().basicEvents()).hasSize(ORDERS);
			}
		}
	}

	private static Mono<Order> placeAtATopic(ConfigurableApplicationContext context, int number) {
		Order order = new Order("ada", Integer.toString(number));
		return context.getBean(TableTemplate.class)
			.insert(order)
			.delayUntil((stored) -> context.getBean(EventGridPublisherClient.class)
				.publish(context.getBean(CloudEventFactory.class).create(new OrderPlaced(stored.id()))));
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

	/**
	 * Signatures for an account and a topic, in files that an application reads.
	 */
	private record Signatures(AzureEmulator emulator, Path directory) {

		void write(String key) {
			AzureCredential.Sas ofTables = AccountSas.builder()
				.permissions(AccountSasPermission.values())
				.resourceTypes(SasResourceType.values())
				.protocol(SasProtocol.HTTPS_AND_HTTP)
				.expiry(Instant.now().plus(Duration.ofHours(1)))
				.build()
				.sign(new AzureCredential.SharedKey("devstoreaccount1", key));
			AzureCredential.Sas ofTopic = EventGridSas.generate(topic(), new AzureCredential.AccessKey(key),
					Instant.now().plus(Duration.ofHours(1)));
			try {
				Files.writeString(this.directory.resolve("tables"), ofTables.token());
				Files.writeString(this.directory.resolve("topic"), ofTopic.token() + System.lineSeparator());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		void replace(ConfigurableApplicationContext context, String key) {
			write(key);
			context.publishEvent(new CredentialsRefreshEvent(this));
		}

		String topic() {
			return this.emulator.eventGridEndpoint() + "/api/events";
		}

		ConfigurableApplicationContext run() {
			return new SpringApplicationBuilder(NoListener.class).web(WebApplicationType.NONE)
				.properties("azure.tables.endpoint=" + this.emulator.tablesEndpoint(),
						"azure.tables.sas-token-file=" + this.directory.resolve("tables"),
						"azure.tables.template.create-tables=true", "azure.eventgrid.kind=topic",
						"azure.eventgrid.endpoint=" + topic(),
						"azure.eventgrid.sas-token-file=" + this.directory.resolve("topic"),
						"spring.reactor.netty.shutdown-quiet-period=0s", "spring.main.banner-mode=off")
				.run();
		}

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

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class NoListener {

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
