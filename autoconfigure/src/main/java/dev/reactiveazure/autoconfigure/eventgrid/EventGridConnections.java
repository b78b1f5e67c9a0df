package dev.reactiveazure.autoconfigure.eventgrid;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.reactiveazure.autoconfigure.ConfiguredConnection;
import dev.reactiveazure.autoconfigure.ConnectionParts;
import dev.reactiveazure.autoconfigure.EntraCredentials;
import dev.reactiveazure.autoconfigure.NamedConnections;
import dev.reactiveazure.autoconfigure.ServiceConnections;
import dev.reactiveazure.core.ClientBuilder;
import dev.reactiveazure.eventgrid.EventGridBasicClient;
import dev.reactiveazure.eventgrid.EventGridEvent;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.EventGridPublisherClient;
import dev.reactiveazure.eventgrid.EventGridSchemaPublisher;
import dev.reactiveazure.eventgrid.PublishOptions;
import dev.reactiveazure.eventgrid.listener.EventRateLimit;
import dev.reactiveazure.eventgrid.template.CloudEventFactory;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * Makes the beans of each connection to Event Grid.
 */
final class EventGridConnections extends ServiceConnections<EventGridConnectionProperties, EventGridConnectionDetails> {

	static final String BEAN_NAME = "eventGridConnections";

	static final String PREFIX = "azure.eventgrid";

	private static final String POOL = "azure-eventgrid";

	private final Map<String, EventRateLimit> rateLimits = new ConcurrentHashMap<>();

	EventGridConnections(EventGridProperties properties, ConnectionParts parts) {
		super(new Service<>(PREFIX, "Azure Event Grid", EventGridConnectionProperties.class,
				EventGridConnectionProperties::new, EventGridConnectionDetails.class), properties,
				properties.getConnections(), parts);
	}

	@Override
	protected @Nullable ConfiguredConnection<EventGridConnectionDetails> read(String prefix,
			EventGridConnectionProperties properties, EntraCredentials entra) {
		return ConfiguredEventGridConnection.from(prefix, properties, entra);
	}

	@Override
	protected String remedy(String prefix) {
		return "Set '" + prefix + ".endpoint' and '" + prefix + ".access-key'.";
	}

	EventGridNamespaceClient namedClient(String name) {
		return client(name, details(name));
	}

	/**
	 * Make the client of a connection. Its long polls have connections of their own, so
	 * that waiting for events never holds up an acknowledgement.
	 */
	EventGridNamespaceClient client(String name, EventGridConnectionDetails details) {
		BuildTimeChoices.requireNamespace(prefix(name), properties(name));
		BasicPublishing.refuseAtANamespace(prefix(name), properties(name));
		rateLimit(name);
		EventGridNamespaceClient.Builder builder = builder(name, details, connector(POOL, name, details),
				connector(POOL + "-receive", name, details));
		customize(EventGridNamespaceClientCustomizer.class, name, builder);
		try {
			return builder.build();
		}
		catch (IllegalArgumentException ex) {
			throw invalid(name, "*", ex);
		}
	}

	private EventGridNamespaceClient.Builder builder(String name, EventGridConnectionDetails details,
			ClientHttpConnector connector, ClientHttpConnector receiveConnector) {
		try {
			return versioned(EventGridNamespaceClient.builder(), name, details, connector)
				.receiveConnector(receiveConnector)
				.traceEvents(properties(name).isTraceEvents());
		}
		catch (IllegalArgumentException ex) {
			throw invalid(name, "*", ex);
		}
	}

	EventGridBasicClient namedBasicClient(String name) {
		return basicClient(name, details(name));
	}

	EventGridBasicClient basicClient(String name, EventGridConnectionDetails details) {
		BuildTimeChoices.requireBasicTier(prefix(name), properties(name));
		ClientHttpConnector connector = connector(POOL, name, details);
		EventGridBasicClient.Builder builder = naming(name, "*",
				() -> versioned(EventGridBasicClient.builder(), name, details, connector)
					.jsonMapper(beanFactory().getBeanProvider(JsonMapper.class).getIfAvailable(JsonMapper::shared)));
		customize(EventGridBasicClientCustomizer.class, name, builder);
		return naming(name, "*", builder::build);
	}

	private <B extends ClientBuilder<B>> B versioned(B builder, String name, EventGridConnectionDetails details,
			ClientHttpConnector connector) {
		EventGridConnectionProperties properties = properties(name);
		B applied = apply(builder, name, details, connector).audience(properties.getAudience());
		String version = properties.getApiVersion();
		return (version != null) ? applied.apiVersion(version) : applied;
	}

	EventGridPublisherClient cloudEvents(String name, EventGridBasicClient client) {
		return client.cloudEvents(publishOptions(name, EventGridSchema.CLOUD_EVENTS));
	}

	EventGridSchemaPublisher<EventGridEvent> eventGridEvents(String name, EventGridBasicClient client) {
		return client.eventGridEvents(publishOptions(name, EventGridSchema.EVENT_GRID));
	}

	EventGridSchemaPublisher<Object> customEvents(String name, EventGridBasicClient client) {
		return client.customEvents(publishOptions(name, EventGridSchema.CUSTOM));
	}

	private PublishOptions publishOptions(String name, EventGridSchema schema) {
		BuildTimeChoices.requireSchema(prefix(name), properties(name), schema);
		return BasicPublishing.options(prefix(name), properties(name));
	}

	EventGridTemplate namedTemplate(String name, EventGridNamespaceClient client) {
		return new EventGridTemplate(client, beanFactory().getBean(CloudEventFactory.class),
				beanFactory().getBean(PayloadConverter.class));
	}

	/**
	 * Return how many events all listeners of a connection may receive.
	 * @return the limit, {@code null} for none
	 */
	@Nullable EventRateLimit rateLimit(String name) {
		Integer events = properties(name).getMaxEventsPerSecond();
		return (events != null)
				? this.rateLimits.computeIfAbsent(name,
						(connection) -> naming(name, "max-events-per-second", () -> EventRateLimit.perSecond(events)))
				: null;
	}

	/**
	 * Return the client of a connection, for listeners.
	 * @throws IllegalArgumentException if there is no such namespace, saying which there
	 * are
	 */
	EventGridNamespaceClient namespace(String name) {
		EventGridNamespaceClient found = NamedConnections.DEFAULT.equals(name)
				? beanFactory().getBeanProvider(EventGridNamespaceClient.class).getIfAvailable()
				: NamedConnections.bean(beanFactory(), EventGridNamespaceClient.class, name);
		if (found == null) {
			throw new IllegalArgumentException("there is no connection '" + name + "' to an Event Grid namespace, only "
					+ namespaces() + ": configure '" + prefix(name) + ".*'");
		}
		return found;
	}

	private String namespaces() {
		List<String> names = new ArrayList<>();
		if (beanFactory().getBeanProvider(EventGridNamespaceClient.class).getIfAvailable() != null) {
			names.add("'" + NamedConnections.DEFAULT + "'");
		}
		properties().forEach((name, properties) -> {
			if (!NamedConnections.DEFAULT.equals(name) && !properties.getKind().isBasic()) {
				names.add("'" + name + "'");
			}
		});
		return names.isEmpty() ? "none" : String.join(", ", names);
	}

}
