package dev.reactiveazure.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.reactiveazure.autoconfigure.eventgrid.EventGridAutoConfiguration;
import dev.reactiveazure.autoconfigure.tables.TablesAutoConfiguration;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.ReceiveOptions;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.tables.TableServiceClient;
import io.netty.channel.Channel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

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
				"azure.eventgrid.connections.audit.access-key=" + emulator.eventGridKey());

	@AfterAll
	static void close() {
		emulator.close();
	}

	@Test
	void endsWithTheApplicationWhateverTheConnectionsName() {
		this.runner.run((context) -> {
			request(context, "tableServiceClient", "eventGridTemplate", "eventGridNamespaceClient");
			request(context, "auditTableServiceClient", "auditEventGridTemplate", "auditEventGridNamespaceClient");
			assertThat(this.opened.byPool).containsOnlyKeys("azure-tables", "azure-tables-audit", "azure-eventgrid",
					"azure-eventgrid-audit", "azure-eventgrid-receive", "azure-eventgrid-receive-audit");
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
					"auditEventGridNamespaceClient");
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

		@Override
		public HttpClient customize(String pool, HttpClient client) {
			return client.doOnConnected((connection) -> this.byPool.put(pool, connection.channel()));
		}

	}

}
