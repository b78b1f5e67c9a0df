package dev.reactiveazure.autoconfigure.eventgrid;

import java.net.URI;
import java.time.Clock;
import java.util.UUID;

import dev.reactiveazure.autoconfigure.ClientOptionsMapper;
import dev.reactiveazure.autoconfigure.ConnectionNotConfiguredException;
import dev.reactiveazure.autoconfigure.HttpTransport;
import dev.reactiveazure.autoconfigure.InvalidAzurePropertyException;
import dev.reactiveazure.autoconfigure.emulator.EmbeddedEmulator;
import dev.reactiveazure.autoconfigure.emulator.EmulatorAutoConfiguration;
import dev.reactiveazure.autoconfigure.emulator.EmulatorRemedy;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.template.CloudEventFactory;
import dev.reactiveazure.eventgrid.template.EventGridOperations;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.eventgrid.template.EventTypeMapping;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for Azure Event Grid.
 */
@AutoConfiguration(after = { EmulatorAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class },
		afterName = { "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
				"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration" })
@ConditionalOnClass(EventGridNamespaceClient.class)
@EnableConfigurationProperties(EventGridProperties.class)
@Import(EventGridListenerConfiguration.class)
public final class EventGridAutoConfiguration {

	private final EventGridProperties properties;

	EventGridAutoConfiguration(EventGridProperties properties) {
		this.properties = properties;
	}

	@Bean
	@ConditionalOnMissingBean({ EventGridConnectionDetails.class, EventGridNamespaceClient.class })
	EventGridConnectionDetails eventGridConnectionDetails(ObjectProvider<EmbeddedEmulator> embeddedEmulator,
			Environment environment, ResourceLoader resourceLoader) {
		ConfiguredEventGridConnection configured = ConfiguredEventGridConnection.from(this.properties);
		if (configured != null) {
			return configured;
		}
		EmbeddedEmulator emulator = embeddedEmulator.getIfAvailable();
		if (emulator != null && emulator.isEnabled()) {
			return EmulatedEventGridConnection.start(emulator);
		}
		throw new ConnectionNotConfiguredException("Azure Event Grid",
				"Set 'azure.eventgrid.endpoint' and 'azure.eventgrid.access-key'. "
						+ EmulatorRemedy.describe(environment, resourceLoader.getClassLoader()));
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean({ EventGridTransport.class, EventGridNamespaceClient.class })
	EventGridTransport eventGridTransport(EventGridConnectionDetails connectionDetails,
			ObjectProvider<ClientHttpConnectorBuilder<?>> connectorBuilder,
			ObjectProvider<HttpClientSettings> httpClientSettings) {
		HttpTransport.Factory factory = new HttpTransport.Factory(connectorBuilder, httpClientSettings);
		return new EventGridTransport(factory.create("azure-eventgrid", options(), connectionDetails.getSslBundle()),
				factory.create("azure-eventgrid-receive", options(), connectionDetails.getSslBundle()));
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	EventGridNamespaceClient eventGridNamespaceClient(EventGridConnectionDetails connectionDetails,
			EventGridTransport transport, ObjectProvider<ObservationRegistry> observationRegistry,
			ObjectProvider<EventGridNamespaceClientCustomizer> customizers) {
		EventGridNamespaceClient.Builder builder = EventGridNamespaceClient.builder()
			.endpoint(connectionDetails.getEndpoint())
			.credential(connectionDetails.getCredential())
			.connector(transport.http().connector())
			.receiveConnector(transport.receiveHttp().connector())
			.options(options().clientOptions(connectionDetails.getDescription()))
			.observationRegistry(observationRegistry.getIfAvailable(() -> ObservationRegistry.NOOP));
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean
	PayloadConverter eventGridPayloadConverter(ObjectProvider<JsonMapper> jsonMapper) {
		return new PayloadConverter(jsonMapper.getIfAvailable(JsonMapper::shared));
	}

	@Bean
	@ConditionalOnMissingBean
	CloudEventFactory cloudEventFactory(ObjectProvider<JsonMapper> jsonMapper,
			ObjectProvider<EventTypeMapping> eventTypeMapping, Environment environment) {
		JsonMapper mapper = jsonMapper.getIfAvailable(JsonMapper::shared);
		URI source = source(environment.getProperty("spring.application.name"));
		EventTypeMapping types = eventTypeMapping.getIfAvailable(EventTypeMapping::annotatedOrQualifiedName);
		return new CloudEventFactory(mapper, source, types, Clock.systemUTC(), () -> UUID.randomUUID().toString());
	}

	@Bean
	@ConditionalOnMissingBean(EventGridOperations.class)
	EventGridTemplate eventGridTemplate(EventGridNamespaceClient client, CloudEventFactory cloudEventFactory,
			PayloadConverter payloadConverter) {
		return new EventGridTemplate(client, cloudEventFactory, payloadConverter);
	}

	private URI source(@Nullable String applicationName) {
		String configured = this.properties.getTemplate().getSource();
		if (configured != null) {
			return InvalidAzurePropertyException.naming("azure.eventgrid.template.source",
					() -> URI.create(configured.trim()));
		}
		String name = (applicationName != null && !applicationName.isBlank()) ? applicationName : "application";
		return URI.create("/" + UriUtils.encodePathSegment(name, UTF_8));
	}

	private ClientOptionsMapper options() {
		return new ClientOptionsMapper("azure.eventgrid", this.properties.getHttp(), this.properties.getRetry());
	}

}
