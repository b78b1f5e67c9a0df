package dev.reactiveazure.autoconfigure.eventgrid;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import dev.reactiveazure.autoconfigure.InvalidAzurePropertyException;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.eventgrid.BasicEvent;
import dev.reactiveazure.emulator.eventgrid.BasicSchema;
import dev.reactiveazure.eventgrid.EventData;
import dev.reactiveazure.eventgrid.EventGridBasicClient;
import dev.reactiveazure.eventgrid.EventGridEvent;
import dev.reactiveazure.eventgrid.EventGridPublisherClient;
import dev.reactiveazure.eventgrid.EventGridSchemaPublisher;
import dev.reactiveazure.eventgrid.template.CloudEventFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Topics, domains and partner namespaces: each with the publisher for its schema.
 */
class BasicTierTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final CloudEventFactory EVENTS = new CloudEventFactory(JsonMapper.shared(), URI.create("/shop"));

	private final AzureEmulator emulator = AzureEmulator.builder().tables(false).start();

	private final ApplicationContextRunner unconnected = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(EventGridAutoConfiguration.class, EventGridBasicAutoConfiguration.class))
		.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s");

	private final ApplicationContextRunner runner = this.unconnected.withPropertyValues(
			"azure.eventgrid.endpoint=" + this.emulator.eventGridEndpoint() + "/api/events",
			"azure.eventgrid.access-key=" + this.emulator.eventGridKey(), "azure.eventgrid.kind=topic");

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "topic", "domain", "partner" })
	void hasAPublisherOfCloudEventsUnlessASchemaIsSet(String kind) {
		this.runner.withPropertyValues("azure.eventgrid.kind=" + kind).run((context) -> {
			assertThat(context).doesNotHaveBean(EventGridSchemaPublisher.class);
			StepVerifier
				.create(context.getBean(EventGridPublisherClient.class).publish(EVENTS.create(new OrderPlaced("1"))))
				.expectComplete()
				.verify(LIMIT);
			assertThat(published().schema()).isEqualTo(BasicSchema.CLOUD_EVENTS);
			assertThat(published().channel()).isNull();
		});
	}

	@Test
	void hasAPublisherOfEventGridsOwnSchema() {
		this.runner.withPropertyValues("azure.eventgrid.schema=event-grid")
			.withUserConfiguration(OwnSchema.class)
			.run((context) -> {
				assertThat(context).doesNotHaveBean(EventGridPublisherClient.class);
				StepVerifier.create(context.getBean(OwnSchema.class).publisher.publish(event()))
					.expectComplete()
					.verify(LIMIT);
				assertThat(published().schema()).isEqualTo(BasicSchema.EVENT_GRID);
			});
	}

	@Test
	void hasAPublisherOfCustomEvents() {
		this.runner.withPropertyValues("azure.eventgrid.schema=custom")
			.withUserConfiguration(CustomSchema.class)
			.run((context) -> {
				assertThat(context).doesNotHaveBean(EventGridPublisherClient.class);
				StepVerifier.create(context.getBean(CustomSchema.class).publisher.publish(Map.of("order", "1")))
					.expectComplete()
					.verify(LIMIT);
				assertThat(published().schema()).isEqualTo(BasicSchema.CUSTOM);
			});
	}

	@Test
	void publishesToAPartnersChannel() {
		this.runner.withPropertyValues("azure.eventgrid.kind=partner", "azure.eventgrid.channel=orders")
			.run((context) -> {
				StepVerifier
					.create(context.getBean(EventGridPublisherClient.class)
						.publish(EVENTS.create(new OrderPlaced("1"))))
					.expectComplete()
					.verify(LIMIT);
				assertThat(published().channel()).isEqualTo("orders");
			});
	}

	@Test
	void hasAPublisherForEachConnectionWithAName() {
		String url = this.emulator.eventGridEndpoint() + "/api/events";
		String key = this.emulator.eventGridKey();
		this.runner.withPropertyValues("azure.eventgrid.connections.partner.kind=partner",
				"azure.eventgrid.connections.partner.endpoint=" + url,
				"azure.eventgrid.connections.partner.access-key=" + key,
				"azure.eventgrid.connections.partner.schema=event-grid",
				"azure.eventgrid.connections.partner.channel=invoices", "azure.eventgrid.connections.audit.kind=domain",
				"azure.eventgrid.connections.audit.endpoint=" + url,
				"azure.eventgrid.connections.audit.access-key=" + key,
				"azure.eventgrid.connections.audit.schema=custom", "azure.eventgrid.connections.other.kind=topic",
				"azure.eventgrid.connections.other.endpoint=" + url,
				"azure.eventgrid.connections.other.access-key=" + key)
			.withUserConfiguration(Several.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				StepVerifier.create(context.getBean(Several.class).partner.publish(event()))
					.expectComplete()
					.verify(LIMIT);
				assertThat(published()).extracting(BasicEvent::schema, BasicEvent::channel)
					.containsExactly(BasicSchema.EVENT_GRID, "invoices");
			});
	}

	@Test
	void leavesTheUsersPublisherAlone() {
		this.runner
			.withBean("own", EventGridPublisherClient.class,
					() -> EventGridBasicClient.builder()
						.endpoint("https://own.example.com/api/events")
						.credential(new AzureCredential.AccessKey(this.emulator.eventGridKey()))
						.build()
						.cloudEvents())
			.run((context) -> assertThat(context).hasSingleBean(EventGridPublisherClient.class).hasBean("own"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "topic", "domain", "namespace" })
	void refusesAChannelOfWhatHasNone(String kind) {
		String endpoint = this.emulator.eventGridEndpoint() + ("namespace".equals(kind) ? "" : "/api/events");
		this.runner
			.withPropertyValues("azure.eventgrid.kind=" + kind, "azure.eventgrid.channel=orders",
					"azure.eventgrid.endpoint=" + endpoint)
			.run((context) -> assertThat(cause(context)).isInstanceOf(InvalidAzurePropertyException.class)
				.hasMessageContaining("'azure.eventgrid.channel'")
				.hasMessageContaining("'azure.eventgrid.kind=partner'"));
	}

	@Test
	void leavesAClientAloneWhereEventGridIsExcluded() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(EventGridBasicAutoConfiguration.class))
			.withBean(EventGridBasicClient.class,
					() -> EventGridBasicClient.builder()
						.endpoint(this.emulator.eventGridEndpoint() + "/api/events")
						.credential(new AzureCredential.AccessKey(this.emulator.eventGridKey()))
						.build())
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EventGridPublisherClient.class));
	}

	@Test
	void refusesABlankChannel() {
		this.runner.withPropertyValues("azure.eventgrid.kind=partner", "azure.eventgrid.channel=")
			.run((context) -> assertThat(cause(context)).hasMessageContaining("'azure.eventgrid.channel'")
				.hasMessageContaining("blank"));
	}

	@Test
	void refusesTheSchemaOfANamespace() {
		this.unconnected
			.withPropertyValues("azure.eventgrid.schema=event-grid",
					"azure.eventgrid.endpoint=https://shop.example.com",
					"azure.eventgrid.access-key=" + this.emulator.eventGridKey())
			.run((context) -> assertThat(cause(context)).isInstanceOf(InvalidAzurePropertyException.class)
				.hasMessageContaining("'azure.eventgrid.schema'")
				.hasMessageContaining("CloudEvents only"));
	}

	/**
	 * As in an application that was processed ahead of time, whose beans are those of its
	 * build.
	 */
	@Test
	void refusesAnotherSchemaThanThatOfThePublisherItHas() {
		this.runner.run((context) -> {
			context.getBean(EventGridProperties.class).setSchema(EventGridSchema.EVENT_GRID);
			EventGridConnections connections = context.getBean(EventGridConnections.class);
			EventGridBasicClient client = context.getBean(EventGridBasicClient.class);
			assertThatExceptionOfType(InvalidAzurePropertyException.class)
				.isThrownBy(() -> connections.cloudEvents("default", client))
				.withMessageContaining("'azure.eventgrid.schema'")
				.withMessageContaining("it is 'event-grid'")
				.withMessageContaining("a publisher for 'cloud-events'");
			assertThat(connections.eventGridEvents("default", client)).isNotNull();
			assertThatExceptionOfType(InvalidAzurePropertyException.class)
				.isThrownBy(() -> connections.customEvents("default", client))
				.withMessageContaining("a publisher for 'custom'");
		});
	}

	@Test
	void refusesAnotherKindThanThatOfTheClientItHas() {
		this.runner.run((context) -> {
			EventGridProperties properties = context.getBean(EventGridProperties.class);
			EventGridConnections connections = context.getBean(EventGridConnections.class);
			EventGridConnectionDetails details = context.getBean(EventGridConnectionDetails.class);
			assertThatExceptionOfType(InvalidAzurePropertyException.class)
				.isThrownBy(() -> connections.client("default", details))
				.withMessageContaining("'azure.eventgrid.kind'")
				.withMessageContaining("it is 'topic', but the application has a client of a namespace");
			properties.setKind(EventGridKind.NAMESPACE);
			assertThatExceptionOfType(InvalidAzurePropertyException.class)
				.isThrownBy(() -> connections.basicClient("default", details))
				.withMessageContaining("'azure.eventgrid.kind'")
				.withMessageContaining("it is 'namespace', but the application has a client of the Basic tier");
		});
	}

	private BasicEvent published() {
		assertThat(this.emulator.eventGrid().basicEvents()).hasSize(1);
		return this.emulator.eventGrid().basicEvents().get(0);
	}

	private static EventGridEvent event() {
		return EventGridEvent.of("orders/1", "OrderPlaced", "1", EventData.json("{\"id\":\"1\"}".getBytes()));
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
	static class OwnSchema {

		private final EventGridSchemaPublisher<EventGridEvent> publisher;

		OwnSchema(EventGridSchemaPublisher<EventGridEvent> publisher) {
			this.publisher = publisher;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomSchema {

		private final EventGridSchemaPublisher<Object> publisher;

		CustomSchema(EventGridSchemaPublisher<Object> publisher) {
			this.publisher = publisher;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Several {

		private final EventGridSchemaPublisher<EventGridEvent> partner;

		Several(EventGridPublisherClient topic, @Qualifier("partner") EventGridSchemaPublisher<EventGridEvent> partner,
				@Qualifier("audit") EventGridSchemaPublisher<Object> audit,
				@Qualifier("other") EventGridPublisherClient other) {
			assertThat(topic).isNotSameAs(other);
			assertThat(audit).isNotNull();
			this.partner = partner;
		}

	}

}
