package dev.reactiveazure.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.reactiveazure.autoconfigure.eventgrid.EventGridAutoConfiguration;
import dev.reactiveazure.autoconfigure.tables.TableServiceClientCustomizer;
import dev.reactiveazure.autoconfigure.tables.TablesAutoConfiguration;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.EventGridPublisherClient;
import dev.reactiveazure.eventgrid.ReceiveOptions;
import dev.reactiveazure.eventgrid.template.CloudEventFactory;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.tables.TableServiceClient;
import io.netty.channel.Channel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * HTTP connections last as long as the clients that use them.
 */
class ConnectionLifetimeTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final AzureEmulator emulator = AzureEmulator.builder().subscription("orders/audit").start();

	private final Opened opened = new Opened();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TablesAutoConfiguration.class, EventGridAutoConfiguration.class))
		.withBean(AzureHttpClientCustomizer.class, () -> this.opened)
		.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s",
				"azure.tables.connection-string=" + emulator.tablesConnectionString(),
				"azure.tables.connections.audit.connection-string=" + emulator.tablesConnectionString(),
				"azure.eventgrid.endpoint=" + emulator.eventGridEndpoint(),
				"azure.eventgrid.access-key=" + emulator.eventGridKey(),
				"azure.eventgrid.connections.audit.endpoint=" + emulator.eventGridEndpoint(),
				"azure.eventgrid.connections.audit.access-key=" + emulator.eventGridKey(),
				"azure.eventgrid.connections.basic.kind=topic",
				"azure.eventgrid.connections.basic.endpoint=" + emulator.eventGridEndpoint() + "/api/events",
				"azure.eventgrid.connections.basic.access-key=" + emulator.eventGridKey());

	@AfterAll
	static void close() {
		emulator.close();
	}

	@Test
	void endsWithTheApplicationWhateverTheConnectionsName() {
		this.runner.run((context) -> {
			request(context, "tableServiceClient", "eventGridTemplate", "eventGridNamespaceClient");
			request(context, "auditTableServiceClient", "auditEventGridTemplate", "auditEventGridNamespaceClient");
			StepVerifier
				.create(context.getBean("basicEventGridPublisherClient", EventGridPublisherClient.class)
					.publish(context.getBean(CloudEventFactory.class).create(Map.of("id", "1"))))
				.expectComplete()
				.verify(LIMIT);
			assertThat(this.opened.byPool).containsOnlyKeys("azure-tables", "azure-tables-audit", "azure-eventgrid",
					"azure-eventgrid-audit", "azure-eventgrid-receive", "azure-eventgrid-receive-audit",
					"azure-eventgrid-basic");
			assertThat(this.opened.byPool.values()).allMatch(Channel::isOpen);
		});
		StepVerifier.create(Flux.fromIterable(this.opened.byPool.values()).flatMap(ConnectionLifetimeTests::closed))
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void outlivesEachClient() {
		this.runner.run((context) -> {
			ConfigurableListableBeanFactory beans = context.getSourceApplicationContext().getBeanFactory();
			assertThat(beans.getDependentBeans("tablesConnections")).contains("tableServiceClient",
					"auditTableServiceClient");
			assertThat(beans.getDependentBeans("eventGridConnections")).contains("eventGridNamespaceClient",
					"auditEventGridNamespaceClient", "basicEventGridBasicClient");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "azure-tables", "azure-eventgrid", "azure-eventgrid-receive", "azure-eventgrid-basic" })
	void failsAsACustomizerFailsAndBlamesNoProperty(String pool) {
		IllegalArgumentException mistake = new IllegalArgumentException("no such resolver");
		this.runner.withBean("failing", AzureHttpClientCustomizer.class, () -> (name, client) -> {
			if (name.equals(pool)) {
				throw mistake;
			}
			return client;
		}).run((context) -> assertThat(context).getFailure().hasRootCause(mistake));
	}

	@Test
	void areTheSameForAClientThatIsAskedForAgain() {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withBean(TableServiceClientCustomizer.class, () -> (builder) -> {
				throw new IllegalStateException("not yet");
			})
			.run((context) -> {
				for (int i = 0; i < 3; i++) {
					assertThatExceptionOfType(BeanCreationException.class)
						.isThrownBy(() -> context.getBean("tableServiceClient"));
				}
				assertThat(this.opened.asked).containsOnlyOnce("azure-tables");
			});
	}

	private static void request(ApplicationContext context, String tables, String template, String events) {
		StepVerifier.create(context.getBean(tables, TableServiceClient.class).listTables().then())
			.expectComplete()
			.verify(LIMIT);
		StepVerifier.create(context.getBean(template, EventGridTemplate.class).publish("orders", Map.of("id", "1")))
			.expectComplete()
			.verify(LIMIT);
		StepVerifier
			.create(context.getBean(events, EventGridNamespaceClient.class)
				.receiver("orders", "audit")
				.receive(ReceiveOptions.defaults()))
			.expectNextCount(1)
			.expectComplete()
			.verify(LIMIT);
	}

	private static Mono<Void> closed(Channel channel) {
		return Mono.create((sink) -> channel.closeFuture().addListener((future) -> sink.success()));
	}

	/**
	 * Keeps the last channel of each pool.
	 */
	static final class Opened implements AzureHttpClientCustomizer {

		private final Map<String, Channel> byPool = new ConcurrentHashMap<>();

		private final List<String> asked = new CopyOnWriteArrayList<>();

		@Override
		public HttpClient customize(String pool, HttpClient client) {
			this.asked.add(pool);
			return client.doOnConnected((connection) -> this.byPool.put(pool, connection.channel()));
		}

	}

}
