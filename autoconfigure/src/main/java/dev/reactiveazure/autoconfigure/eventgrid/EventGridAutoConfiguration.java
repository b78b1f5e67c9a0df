package dev.reactiveazure.autoconfigure.eventgrid;

import java.net.URI;
import java.time.Clock;

import dev.reactiveazure.autoconfigure.ConnectionConfiguration;
import dev.reactiveazure.autoconfigure.ConnectionNotConfiguredException;
import dev.reactiveazure.autoconfigure.ConnectionParts;
import dev.reactiveazure.autoconfigure.InvalidAzurePropertyException;
import dev.reactiveazure.autoconfigure.NamedConnections;
import dev.reactiveazure.autoconfigure.emulator.EmbeddedEmulator;
import dev.reactiveazure.autoconfigure.emulator.EmulatorRemedy;
import dev.reactiveazure.eventgrid.EventGridBasicClient;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.EventIds;
import dev.reactiveazure.eventgrid.template.CloudEventFactory;
import dev.reactiveazure.eventgrid.template.EventGridDestinations;
import dev.reactiveazure.eventgrid.template.EventGridOperations;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.eventgrid.template.EventTypeMapping;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.Assert;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for Azure Event Grid.
 */
@AutoConfiguration(
		afterName = { "org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration",
				"dev.reactiveazure.autoconfigure.emulator.EmulatorAutoConfiguration",
				"org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
				"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration" })
@ConditionalOnClass(EventGridNamespaceClient.class)
@EnableConfigurationProperties(EventGridProperties.class)
@Import({ ConnectionConfiguration.class, NamedEventGridConnectionsRegistrar.class,
		EventGridListenerConfiguration.class })
public final class EventGridAutoConfiguration {

	EventGridAutoConfiguration() {
	}

	@Bean(name = EventGridConnections.BEAN_NAME, destroyMethod = "close")
	EventGridConnections eventGridConnections(EventGridProperties properties, ConnectionParts parts) {
		return new EventGridConnections(properties, parts);
	}

	@Bean
	@Conditional(OnDefaultEventGridConnection.class)
	@ConditionalOnMissingBean({ EventGridConnectionDetails.class, EventGridNamespaceClient.class,
			EventGridBasicClient.class })
	EventGridConnectionDetails eventGridConnectionDetails(EventGridConnections connections,
			EventGridProperties properties, ObjectProvider<EmbeddedEmulator> embeddedEmulator, Environment environment,
			ResourceLoader resourceLoader) {
		EventGridConnectionDetails configured = connections.configured(NamedConnections.DEFAULT);
		if (configured != null) {
			return configured;
		}
		EmbeddedEmulator emulator = embeddedEmulator.getIfAvailable();
		if (emulator != null && emulator.isEnabled()) {
			return EmulatedEventGridConnection.start(emulator, properties.getKind());
		}
		throw new ConnectionNotConfiguredException("Azure Event Grid",
				"Set 'azure.eventgrid.endpoint' and 'azure.eventgrid.access-key'"
						+ " or 'azure.eventgrid.entra.credential'. "
						+ EmulatorRemedy.describe(environment, resourceLoader.getClassLoader()));
	}

	@Bean(destroyMethod = "close")
	@Conditional(OnEventGridKind.Namespace.class)
	@ConditionalOnBean(EventGridConnectionDetails.class)
	@ConditionalOnMissingBean({ EventGridNamespaceClient.class, EventGridBasicClient.class })
	EventGridNamespaceClient eventGridNamespaceClient(EventGridConnections connections,
			EventGridConnectionDetails connectionDetails) {
		return connections.client(NamedConnections.DEFAULT, connectionDetails);
	}

	@Bean(destroyMethod = "close")
	@Conditional(OnEventGridKind.Basic.class)
	@ConditionalOnBean(EventGridConnectionDetails.class)
	@ConditionalOnMissingBean({ EventGridBasicClient.class, EventGridNamespaceClient.class })
	EventGridBasicClient eventGridBasicClient(EventGridConnections connections,
			EventGridConnectionDetails connectionDetails) {
		return connections.basicClient(NamedConnections.DEFAULT, connectionDetails);
	}

	@Bean
	@ConditionalOnMissingBean
	PayloadConverter eventGridPayloadConverter(ObjectProvider<JsonMapper> jsonMapper) {
		return new PayloadConverter(mapper(jsonMapper));
	}

	@Bean
	@ConditionalOnMissingBean
	CloudEventFactory cloudEventFactory(ObjectProvider<JsonMapper> jsonMapper,
			ObjectProvider<EventTypeMapping> eventTypeMapping, EventGridProperties properties,
			Environment environment) {
		URI source = source(properties, environment.getProperty("spring.application.name"));
		EventTypeMapping types = eventTypeMapping.getIfAvailable();
		return new CloudEventFactory(mapper(jsonMapper), source,
				(types != null) ? types : EventTypeMapping.annotatedOrQualifiedName(), Clock.systemUTC(),
				new EventIds());
	}

	private static JsonMapper mapper(ObjectProvider<JsonMapper> jsonMapper) {
		JsonMapper mapper = jsonMapper.getIfAvailable();
		return (mapper != null) ? mapper : JsonMapper.shared();
	}

	@Bean
	@ConditionalOnMissingBean
	EventGridDestinations eventGridDestinations(EventGridProperties properties, EventGridConnections connections) {
		return new ConfiguredDestinations(properties, connections);
	}

	@Bean
	@ConditionalOnBean(EventGridNamespaceClient.class)
	@ConditionalOnMissingBean(EventGridOperations.class)
	EventGridTemplate eventGridTemplate(EventGridNamespaceClient client, EventGridDestinations destinations,
			EventGridConnections connections, CloudEventFactory cloudEventFactory, PayloadConverter payloadConverter) {
		return new EventGridTemplate(client, destinations, connections::namespace, cloudEventFactory, payloadConverter);
	}

	private static URI source(EventGridProperties properties, @Nullable String applicationName) {
		String configured = properties.getTemplate().getSource();
		if (configured != null) {
			return InvalidAzurePropertyException.naming("azure.eventgrid.template.source", () -> {
				Assert.hasText(configured, "it is empty: set a URI reference such as '/shop', or remove it");
				return URI.create(configured.trim());
			});
		}
		String name = (applicationName != null && !applicationName.isBlank()) ? applicationName : "application";
		return URI.create("/" + (isPlain(name) ? name : UriUtils.encodePathSegment(name, UTF_8)));
	}

	// Twenty classes of Spring's encode what mostly needs no encoding.
	private static boolean isPlain(String name) {
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			if (c > 'z' || !(Character.isLetterOrDigit(c) || c == '-')) {
				return false;
			}
		}
		return true;
	}

}
