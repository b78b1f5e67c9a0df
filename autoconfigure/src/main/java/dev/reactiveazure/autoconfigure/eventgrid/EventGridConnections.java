package dev.reactiveazure.autoconfigure.eventgrid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.reactiveazure.autoconfigure.ClientOptionsMapper;
import dev.reactiveazure.autoconfigure.ConnectionNotConfiguredException;
import dev.reactiveazure.autoconfigure.CredentialReload;
import dev.reactiveazure.autoconfigure.EntraCredentials;
import dev.reactiveazure.autoconfigure.HttpTransport;
import dev.reactiveazure.autoconfigure.InvalidAzurePropertyException;
import dev.reactiveazure.autoconfigure.NamedConnections;
import dev.reactiveazure.core.RotatingCredential;
import dev.reactiveazure.eventgrid.EventGridBasicClient;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.listener.EventRateLimit;
import dev.reactiveazure.eventgrid.template.CloudEventFactory;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Makes the beans of each connection, the default one and those with names, in the same
 * way.
 */
final class EventGridConnections {

	static final String BEAN_NAME = "eventGridConnections";

	static final String PREFIX = "azure.eventgrid";

	private final Map<String, EventGridConnectionProperties> properties = new LinkedHashMap<>();

	private final Map<String, EventRateLimit> rateLimits = new ConcurrentHashMap<>();

	private final Environment environment;

	private final ListableBeanFactory beanFactory;

	private final HttpTransport.Factory transports;

	private final EntraCredentials entra;

	private final CredentialReload reload;

	EventGridConnections(EventGridProperties properties, Environment environment, ListableBeanFactory beanFactory,
			HttpTransport.Factory transports, EntraCredentials entra, CredentialReload reload) {
		this.properties.put(NamedConnections.DEFAULT, properties);
		this.properties.putAll(properties.getConnections());
		this.environment = environment;
		this.beanFactory = beanFactory;
		this.transports = transports;
		this.entra = entra;
		this.reload = reload;
	}

	/**
	 * Return what properties say about a connection.
	 * @return the details, {@code null} if they say nothing
	 */
	@Nullable EventGridConnectionDetails configured(String name) {
		String prefix = NamedConnections.prefix(PREFIX, name);
		EventGridConnectionProperties properties = properties(name);
		ConfiguredEventGridConnection configured = ConfiguredEventGridConnection.from(prefix, properties, this.entra);
		if (configured != null && configured.credential() instanceof RotatingCredential rotating) {
			this.reload.register(prefix, rotating, () -> reread(prefix),
					configured.credentialInFile() ? properties.getCredentialReloadInterval() : null);
		}
		return configured;
	}

	private RotatingCredential reread(String prefix) {
		EventGridConnectionProperties now = Binder.get(this.environment)
			.bindOrCreate(prefix, EventGridConnectionProperties.class);
		ConfiguredEventGridConnection configured = ConfiguredEventGridConnection.from(prefix, now, this.entra);
		if (configured == null || !(configured.credential() instanceof RotatingCredential rotating)) {
			throw new InvalidAzurePropertyException(prefix + ".*", "neither a key nor a signature is configured now");
		}
		return rotating;
	}

	/**
	 * Return the details of a connection with a name: a bean of that qualifier, or what
	 * properties say.
	 * @throws ConnectionNotConfiguredException if there are none
	 */
	EventGridConnectionDetails details(String name) {
		EventGridConnectionDetails bean = NamedConnections.bean(this.beanFactory, EventGridConnectionDetails.class,
				name);
		EventGridConnectionDetails details = (bean != null) ? bean : configured(name);
		if (details == null) {
			String prefix = NamedConnections.prefix(PREFIX, name);
			throw new ConnectionNotConfiguredException("Azure Event Grid by the name '" + name + "'",
					"Set '" + prefix + ".endpoint' and '" + prefix + ".access-key'.");
		}
		return details;
	}

	NamedEventGridConnection connection(String name) {
		EventGridConnectionDetails details = details(name);
		return new NamedEventGridConnection(details, transport(name, details));
	}

	EventGridTransport transport(String name, EventGridConnectionDetails details) {
		String suffix = NamedConnections.DEFAULT.equals(name) ? "" : "-" + name;
		HttpTransport http = this.transports.create("azure-eventgrid" + suffix, options(name), details.getSslBundle());
		if (properties(name).getKind().isBasic()) {
			return new EventGridTransport(http, http);
		}
		return new EventGridTransport(http,
				this.transports.create("azure-eventgrid-receive" + suffix, options(name), details.getSslBundle()));
	}

	EventGridNamespaceClient namedClient(String name, NamedEventGridConnection connection) {
		return client(name, connection.details(), connection.transport());
	}

	EventGridNamespaceClient client(String name, EventGridConnectionDetails details, EventGridTransport transport) {
		EventGridConnectionProperties properties = properties(name);
		EventGridNamespaceClient.Builder builder = EventGridNamespaceClient.builder()
			.endpoint(details.getEndpoint())
			.credential(details.getCredential())
			.connector(transport.http().connector())
			.receiveConnector(transport.receiveHttp().connector())
			.options(options(name).clientOptions(details.getDescription()))
			.traceEvents(properties.isTraceEvents())
			.observationRegistry(observationRegistry());
		return InvalidAzurePropertyException.naming(NamedConnections.prefix(PREFIX, name) + ".*", () -> {
			builder.audience(properties.getAudience());
			String version = properties.getApiVersion();
			if (version != null) {
				builder.apiVersion(version);
			}
			this.beanFactory.getBeanProvider(EventGridNamespaceClientCustomizer.class)
				.orderedStream()
				.filter((customizer) -> customizer.appliesTo(name))
				.forEach((customizer) -> customizer.customize(builder));
			return builder.build();
		});
	}

	EventGridBasicClient namedBasicClient(String name, NamedEventGridConnection connection) {
		return basicClient(name, connection.details(), connection.transport());
	}

	EventGridBasicClient basicClient(String name, EventGridConnectionDetails details, EventGridTransport transport) {
		EventGridConnectionProperties properties = properties(name);
		EventGridBasicClient.Builder builder = EventGridBasicClient.builder()
			.endpoint(details.getEndpoint())
			.credential(details.getCredential())
			.connector(transport.http().connector())
			.options(options(name).clientOptions(details.getDescription()))
			.jsonMapper(this.beanFactory.getBeanProvider(JsonMapper.class).getIfAvailable(JsonMapper::shared))
			.observationRegistry(observationRegistry());
		return InvalidAzurePropertyException.naming(NamedConnections.prefix(PREFIX, name) + ".*", () -> {
			builder.audience(properties.getAudience());
			String version = properties.getApiVersion();
			if (version != null) {
				builder.apiVersion(version);
			}
			this.beanFactory.getBeanProvider(EventGridBasicClientCustomizer.class)
				.orderedStream()
				.filter((customizer) -> customizer.appliesTo(name))
				.forEach((customizer) -> customizer.customize(builder));
			return builder.build();
		});
	}

	EventGridTemplate namedTemplate(String name, EventGridNamespaceClient client) {
		return new EventGridTemplate(client, this.beanFactory.getBean(CloudEventFactory.class),
				this.beanFactory.getBean(PayloadConverter.class));
	}

	/**
	 * Return how many events all listeners of a connection may receive.
	 * @return the limit, {@code null} for none
	 */
	@Nullable EventRateLimit rateLimit(String name) {
		Integer events = properties(name).getMaxEventsPerSecond();
		return (events != null) ? this.rateLimits.computeIfAbsent(name,
				(connection) -> InvalidAzurePropertyException.naming(
						NamedConnections.prefix(PREFIX, name) + ".max-events-per-second",
						() -> EventRateLimit.perSecond(events)))
				: null;
	}

	/**
	 * Return the client of a connection, for listeners.
	 * @throws IllegalArgumentException if there is no such namespace, saying which there
	 * are
	 */
	EventGridNamespaceClient namespace(String name) {
		EventGridNamespaceClient found = NamedConnections.DEFAULT.equals(name)
				? this.beanFactory.getBeanProvider(EventGridNamespaceClient.class).getIfAvailable()
				: NamedConnections.bean(this.beanFactory, EventGridNamespaceClient.class, name);
		if (found == null) {
			throw new IllegalArgumentException("there is no connection '" + name + "' to an Event Grid namespace, only "
					+ namespaces() + ": configure '" + NamedConnections.prefix(PREFIX, name) + ".*'");
		}
		return found;
	}

	private String namespaces() {
		List<String> names = new ArrayList<>();
		if (this.beanFactory.getBeanProvider(EventGridNamespaceClient.class).getIfAvailable() != null) {
			names.add("'" + NamedConnections.DEFAULT + "'");
		}
		this.properties.forEach((name, properties) -> {
			if (!NamedConnections.DEFAULT.equals(name) && !properties.getKind().isBasic()) {
				names.add("'" + name + "'");
			}
		});
		return names.isEmpty() ? "none" : String.join(", ", names);
	}

	private ObservationRegistry observationRegistry() {
		return this.beanFactory.getBeanProvider(ObservationRegistry.class)
			.getIfAvailable(() -> ObservationRegistry.NOOP);
	}

	private EventGridConnectionProperties properties(String name) {
		EventGridConnectionProperties found = this.properties.get(name);
		return (found != null) ? found : new EventGridConnectionProperties();
	}

	private ClientOptionsMapper options(String name) {
		EventGridConnectionProperties properties = properties(name);
		return new ClientOptionsMapper(NamedConnections.prefix(PREFIX, name), properties.getHttp(),
				properties.getRetry());
	}

}
