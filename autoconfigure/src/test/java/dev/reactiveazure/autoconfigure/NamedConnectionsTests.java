package dev.reactiveazure.autoconfigure;

import java.net.URI;
import java.time.Duration;

import dev.reactiveazure.autoconfigure.emulator.EmulatorAutoConfiguration;
import dev.reactiveazure.autoconfigure.eventgrid.EventGridAutoConfiguration;
import dev.reactiveazure.autoconfigure.eventgrid.EventGridBasicAutoConfiguration;
import dev.reactiveazure.autoconfigure.eventgrid.EventGridNamespaceClientCustomizer;
import dev.reactiveazure.autoconfigure.tables.TableServiceClientCustomizer;
import dev.reactiveazure.autoconfigure.tables.TablesAutoConfiguration;
import dev.reactiveazure.autoconfigure.tables.TablesConnectionDetails;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.eventgrid.EventGridBasicClient;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.template.CloudEventFactory;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.template.TableTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several accounts and namespaces in one application.
 */
class NamedConnectionsTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String KEY = "c2VjcmV0LXRoYXQtbXVzdC1uZXZlci1zaG93";

	private static final AzureEmulator emulator = AzureEmulator.builder().subscription("orders/audit").start();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmulatorAutoConfiguration.class, TablesAutoConfiguration.class,
				EventGridAutoConfiguration.class, EventGridBasicAutoConfiguration.class))
		.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s");

	private final ApplicationContextRunner both = this.runner.withPropertyValues(
			"azure.tables.connection-string=AccountName=shop;AccountKey=" + KEY,
			"azure.tables.connections.audit.endpoint=https://audit.example.com",
			"azure.tables.connections.audit.sas-token=sv=1&sig=secret",
			"azure.eventgrid.endpoint=https://shop.example.com", "azure.eventgrid.access-key=" + KEY,
			"azure.eventgrid.connections.audit.endpoint=https://audit.example.com",
			"azure.eventgrid.connections.audit.access-key=" + KEY, "azure.eventgrid.connections.partner.kind=partner",
			"azure.eventgrid.connections.partner.endpoint=https://partner.example.com/api/events",
			"azure.eventgrid.connections.partner.access-key=" + KEY);

	@AfterAll
	static void close() {
		emulator.close();
	}

	@Test
	void injectsTheDefaultWithoutAndTheOthersWithAQualifier() {
		this.both.withUserConfiguration(Clients.class).run((context) -> {
			Clients clients = context.getBean(Clients.class);
			assertThat(clients.tables.endpoint().address()).isEqualTo("https://shop.table.core.windows.net");
			assertThat(clients.auditTables.endpoint().address()).isEqualTo("https://audit.example.com");
			assertThat(clients.events.endpoint().address()).isEqualTo("https://shop.example.com");
			assertThat(clients.auditEvents.endpoint().address()).isEqualTo("https://audit.example.com");
			assertThat(clients.partner.endpoint().address()).isEqualTo("https://partner.example.com/api/events");
		});
	}

	@Test
	void hasATemplateForEach() {
		this.both.run((context) -> assertThat(context).hasBean("tableTemplate")
			.hasBean("auditTableTemplate")
			.hasBean("eventGridTemplate")
			.hasBean("auditEventGridTemplate"));
	}

	@Test
	void needsNoDefaultConnection() {
		this.runner
			.withPropertyValues("azure.tables.connections.audit.connection-string=UseDevelopmentStorage=true",
					"azure.eventgrid.connections.audit.endpoint=https://audit.example.com",
					"azure.eventgrid.connections.audit.access-key=" + KEY)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("tableServiceClient")
				.doesNotHaveBean("eventGridNamespaceClient")
				.hasBean("auditTableServiceClient")
				.hasBean("auditEventGridNamespaceClient"));
	}

	@Test
	void readsOptionsOfEachConnection() {
		this.both.withPropertyValues("azure.tables.connections.audit.http.max-connections=0")
			.run((context) -> assertThat(cause(context)).hasMessageContaining("'azure.tables.connections.audit.http.*'")
				.hasMessageContaining("maxConnections"));
	}

	@Test
	void namesThePropertyOfAnIncompleteConnection() {
		this.both.withPropertyValues("azure.tables.connections.other.account-name=other")
			.run((context) -> assertThat(cause(context)).isInstanceOf(InvalidAzurePropertyException.class)
				.hasMessageContaining("'azure.tables.connections.other.account-key'"));
	}

	@Test
	void refusesAConnectionThatSaysNotWhere() {
		this.both.withPropertyValues("azure.eventgrid.connections.other.audience=https://eventgrid.azure.us")
			.run((context) -> assertThat(cause(context)).isInstanceOf(ConnectionNotConfiguredException.class)
				.hasMessageContaining("'azure.eventgrid.connections.other.endpoint'"));
	}

	@Test
	void refusesTheNameOfTheDefaultConnection() {
		this.both.withPropertyValues("azure.tables.connections.default.account-name=other")
			.run((context) -> assertThat(cause(context)).hasMessageContaining("'azure.tables.connections.default'"));
	}

	@Test
	void replacesPropertiesByTheUsersDetailsOfThatName() {
		this.both.withUserConfiguration(AuditDetails.class)
			.run((context) -> assertThat(
					context.getBean("auditTableServiceClient", TableServiceClient.class).endpoint().address())
				.isEqualTo("https://user.example.com"));
	}

	@Test
	void leavesTheDefaultConnectionToItsPropertiesWhereADetailsBeanHasAName() {
		this.both.withUserConfiguration(AuditDetails.class)
			.run((context) -> assertThat(
					context.getBean("tableServiceClient", TableServiceClient.class).endpoint().address())
				.isEqualTo("https://shop.table.core.windows.net"));
	}

	@Test
	void leavesTheUsersClientOfThatNameAlone() {
		TableServiceClient own = TableServiceClient.builder().connectionString("UseDevelopmentStorage=true").build();
		this.both
			.withBean("auditTableServiceClient", TableServiceClient.class, () -> own,
					(definition) -> definition.setAutowireCandidate(false))
			.run((context) -> assertThat(context.getBean("auditTableServiceClient")).isSameAs(own));
	}

	@Test
	void callsCustomizersForTheConnectionsTheyWant() {
		this.both.withBean(TableServiceClientCustomizer.class, AuditOnly::new)
			.withBean(EventGridNamespaceClientCustomizer.class,
					() -> (builder) -> builder.endpoint("https://customized.example.com"))
			.run((context) -> {
				assertThat(context.getBean("tableServiceClient", TableServiceClient.class).endpoint().address())
					.isEqualTo("https://shop.table.core.windows.net");
				assertThat(context.getBean("auditTableServiceClient", TableServiceClient.class).endpoint().address())
					.isEqualTo("https://customized.example.com");
				assertThat(context.getBean("auditEventGridNamespaceClient", EventGridNamespaceClient.class)
					.endpoint()
					.address()).isEqualTo("https://customized.example.com");
			});
	}

	@Nested
	class Kinds {

		@Test
		void aTopicHasAClientOfTheBasicTierAndNoTemplate() {
			runner.withPropertyValues("azure.eventgrid.kind=topic",
					"azure.eventgrid.endpoint=https://shop.westeurope-1.eventgrid.azure.net/api/events",
					"azure.eventgrid.access-key=" + KEY, "azure.tables.connection-string=UseDevelopmentStorage=true")
				.run((context) -> assertThat(context).hasNotFailed()
					.hasSingleBean(EventGridBasicClient.class)
					.doesNotHaveBean(EventGridNamespaceClient.class)
					.doesNotHaveBean(EventGridTemplate.class));
		}

		@Test
		void aTopicNeedsItsCompleteUrl() {
			runner.withPropertyValues("azure.eventgrid.kind=topic",
					"azure.eventgrid.endpoint=https://shop.westeurope-1.eventgrid.azure.net",
					"azure.eventgrid.access-key=" + KEY, "azure.tables.connection-string=UseDevelopmentStorage=true")
				.run((context) -> assertThat(cause(context)).hasMessageContaining("'azure.eventgrid.endpoint'")
					.hasMessageContaining("/api/events"));
		}

		@Test
		void aNamespaceTakesNoSignature() {
			runner
				.withPropertyValues("azure.eventgrid.endpoint=https://shop.example.com",
						"azure.eventgrid.sas-token=r=x&e=y&s=z",
						"azure.tables.connection-string=UseDevelopmentStorage=true")
				.run((context) -> assertThat(cause(context)).hasMessageContaining("'azure.eventgrid.sas-token'"));
		}

		@Test
		void aTopicIsEmulatedToo() {
			runner.withPropertyValues("azure.emulator.enabled=true", "azure.eventgrid.kind=topic")
				.run((context) -> StepVerifier
					.create(context.getBean(EventGridBasicClient.class)
						.cloudEvents()
						.publish(new CloudEventFactory(JsonMapper.shared(), URI.create("/shop"))
							.create(new OrderPlaced("1"))))
					.expectComplete()
					.verify(LIMIT));
		}

	}

	@Test
	void listensOnTheConnectionThatItsAnnotationNames() {
		this.runner
			.withPropertyValues("azure.tables.connection-string=UseDevelopmentStorage=true",
					"azure.eventgrid.connections.audit.endpoint=" + emulator.eventGridEndpoint(),
					"azure.eventgrid.connections.audit.access-key=" + emulator.eventGridKey())
			.withUserConfiguration(Audit.class)
			.run((context) -> {
				EventGridTemplate template = context.getBean("auditEventGridTemplate", EventGridTemplate.class);
				StepVerifier.create(template.publish("orders", new OrderPlaced("1"))).expectComplete().verify(LIMIT);
				StepVerifier.create(context.getBean(Audit.class).seen.asMono())
					.expectNext("1")
					.expectComplete()
					.verify(LIMIT);
			});
	}

	private static Throwable cause(AssertableApplicationContext context) {
		Throwable cause = context.getStartupFailure();
		assertThat(cause).isNotNull();
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause;
	}

	record OrderPlaced(String id) {

	}

	@Configuration(proxyBeanMethods = false)
	static class Clients {

		private final TableServiceClient tables;

		private final TableServiceClient auditTables;

		private final EventGridNamespaceClient events;

		private final EventGridNamespaceClient auditEvents;

		private final EventGridBasicClient partner;

		Clients(TableServiceClient tables, @Qualifier("audit") TableServiceClient auditTables,
				EventGridNamespaceClient events, @Qualifier("audit") EventGridNamespaceClient auditEvents,
				@Qualifier("partner") EventGridBasicClient partner, TableTemplate template) {
			this.tables = tables;
			this.auditTables = auditTables;
			this.events = events;
			this.auditEvents = auditEvents;
			this.partner = partner;
			assertThat(template).isNotNull();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AuditDetails {

		@Bean(defaultCandidate = false)
		@Qualifier("audit")
		TablesConnectionDetails auditDetails() {
			return new TablesConnectionDetails() {

				@Override
				public AzureEndpoint getEndpoint() {
					return new AzureEndpoint("https://user.example.com");
				}

				@Override
				public AzureCredential getCredential() {
					return new AzureCredential.SharedKey("user", KEY);
				}

			};
		}

	}

	static class AuditOnly implements TableServiceClientCustomizer {

		@Override
		public void customize(TableServiceClient.Builder builder) {
			builder.endpoint("https://customized.example.com");
		}

		@Override
		public boolean appliesTo(String connection) {
			return "audit".equals(connection);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Audit {

		private final Sinks.One<String> seen = Sinks.one();

		@EventGridListener(connection = "audit", topic = "orders", subscription = "audit")
		Mono<Void> audit(OrderPlaced event) {
			return Mono.fromRunnable(() -> this.seen.tryEmitValue(event.id()));
		}

	}

}
