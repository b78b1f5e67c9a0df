package dev.reactiveazure.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import dev.reactiveazure.core.ClientBuilder;
import dev.reactiveazure.core.RotatingCredential;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * Makes the beans of each connection to a service, the default one and those with names,
 * in the same way: what the services have in common.
 * <p>
 * It also owns their HTTP connections. Clients depend on this bean, so that Spring closes
 * them before it; and no pool is a {@code ClientHttpConnector} bean, for which Boot's
 * would back off.
 *
 * @param <P> the type of a connection's properties
 * @param <D> the type of a connection's details
 */
public abstract class ServiceConnections<P extends ConnectionProperties, D extends AzureConnectionDetails>
		implements AutoCloseable {

	private final Service<P, D> service;

	private final Map<String, P> properties = new LinkedHashMap<>();

	private final ConnectionParts parts;

	private final Map<String, HttpTransport> transports = new ConcurrentHashMap<>();

	/**
	 * Create the connections of a service.
	 * @param service the service
	 * @param defaults the properties of the default connection
	 * @param named the properties of others, by name
	 * @param parts what all connections are made of
	 */
	protected ServiceConnections(Service<P, D> service, P defaults, Map<String, ? extends P> named,
			ConnectionParts parts) {
		this.service = service;
		this.properties.put(NamedConnections.DEFAULT, defaults);
		this.properties.putAll(named);
		this.parts = parts;
	}

	/**
	 * Read what properties say about a connection.
	 * @param prefix their prefix, without a dot at its end
	 * @param properties the properties
	 * @param entra makes credentials of Microsoft Entra ID
	 * @return what they say, {@code null} if that is nothing
	 */
	protected abstract @Nullable ConfiguredConnection<D> read(String prefix, P properties, EntraCredentials entra);

	/**
	 * Return which properties a connection needs.
	 * @param prefix their prefix, without a dot at its end
	 * @return a sentence with a full stop
	 */
	protected abstract String remedy(String prefix);

	/**
	 * Return what properties say about a connection, whose credential is read again from
	 * now on.
	 * @param name the connection's name
	 * @return the details, {@code null} if they say nothing
	 */
	public final @Nullable D configured(String name) {
		String prefix = prefix(name);
		P properties = properties(name);
		ConfiguredConnection<D> configured = read(prefix, properties, this.parts.entra());
		if (configured == null) {
			return null;
		}
		requirePositive(prefix, properties.getCredentialReloadInterval());
		if (configured.credential() instanceof RotatingCredential rotating) {
			this.parts.reload()
				.register(prefix, rotating, () -> reread(prefix),
						configured.credentialInFile() ? properties.getCredentialReloadInterval() : null);
		}
		return configured.details();
	}

	private static void requirePositive(String prefix, Duration reloadInterval) {
		if (reloadInterval.isNegative() || reloadInterval.toMillis() == 0) {
			throw new InvalidAzurePropertyException(prefix + ".credential-reload-interval",
					"it must be at least a millisecond");
		}
	}

	private RotatingCredential reread(String prefix) {
		P now = Binder.get(this.parts.environment()).bindOrCreate(prefix, this.service.properties());
		ConfiguredConnection<D> configured = read(prefix, now, this.parts.entra());
		if (configured == null || !(configured.credential() instanceof RotatingCredential rotating)) {
			throw new InvalidAzurePropertyException(prefix + ".*", "neither a key nor a signature is configured now");
		}
		return rotating;
	}

	/**
	 * Return the details of a connection with a name: a bean of that qualifier, or what
	 * properties say.
	 * @param name the connection's name
	 * @return the details
	 * @throws ConnectionNotConfiguredException if there are none
	 */
	protected final D details(String name) {
		D bean = NamedConnections.bean(beanFactory(), this.service.details(), name);
		D details = (bean != null) ? bean : configured(name);
		if (details == null) {
			throw new ConnectionNotConfiguredException(this.service.title() + " by the name '" + name + "'",
					remedy(prefix(name)));
		}
		return details;
	}

	/**
	 * Open no connection yet, but say how that is done. The same each time for a
	 * connection's pool.
	 * @param pool the name of the service's pool
	 * @param name the connection's name
	 * @param details the connection's details
	 * @return what makes HTTP connections, which last until this is closed
	 */
	protected final ClientHttpConnector connector(String pool, String name, D details) {
		String poolName = NamedConnections.DEFAULT.equals(name) ? pool : pool + "-" + name;
		HttpTransport transport = this.transports.get(poolName);
		if (transport == null) {
			// Not atomically: customizers are made here, and may need other connections.
			transport = this.parts.transports().create(poolName, options(name), details.getSslBundle());
			this.transports.put(poolName, transport);
		}
		return transport.connector();
	}

	/**
	 * Close the HTTP connections of all clients.
	 */
	@Override
	public final void close() {
		this.transports.values().forEach(HttpTransport::close);
	}

	/**
	 * Apply details and properties to a client's builder.
	 * @param <B> the type of the builder
	 * @param builder the builder
	 * @param name the connection's name
	 * @param details the connection's details
	 * @param connector what sends requests
	 * @return the builder
	 */
	protected final <B extends ClientBuilder<B>> B apply(B builder, String name, D details,
			ClientHttpConnector connector) {
		ObservationRegistry registry = beanFactory().getBeanProvider(ObservationRegistry.class).getIfAvailable();
		return builder.endpoint(details.getEndpoint())
			.credential(details.getCredential())
			.connector(connector)
			.options(options(name).clientOptions(details.getDescription()))
			.observationRegistry((registry != null) ? registry : ObservationRegistry.NOOP);
	}

	/**
	 * Let the user's customizers have the last word.
	 * @param <B> the type of the builder
	 * @param type the type of the customizers
	 * @param name the connection's name
	 * @param builder the builder
	 */
	protected final <B> void customize(Class<? extends ConnectionClientCustomizer<B>> type, String name, B builder) {
		for (ConnectionClientCustomizer<B> customizer : beanFactory().getBeanProvider(type).orderedStream().toList()) {
			if (customizer.appliesTo(name)) {
				customizer.customize(builder);
			}
		}
	}

	/**
	 * Make a value from a connection's properties.
	 * @param <T> the type of the value
	 * @param name the connection's name
	 * @param property the rest of a property's name, or a pattern, for error messages
	 * @param value makes the value
	 * @return the value
	 * @throws InvalidAzurePropertyException if that failed with an
	 * {@link IllegalArgumentException}
	 */
	protected final <T> T naming(String name, String property, Supplier<T> value) {
		return InvalidAzurePropertyException.naming(prefix(name) + "." + property, value);
	}

	/**
	 * Say which of a connection's properties a value is from that can't be made.
	 * @param name the connection's name
	 * @param property the rest of a property's name, or a pattern
	 * @param cause what is wrong
	 * @return the exception to throw
	 */
	protected final InvalidAzurePropertyException invalid(String name, String property,
			IllegalArgumentException cause) {
		return InvalidAzurePropertyException.of(prefix(name) + "." + property, cause);
	}

	/**
	 * Return the prefix of a connection's properties.
	 * @param name the connection's name
	 * @return the prefix, without a dot at its end
	 */
	protected final String prefix(String name) {
		return NamedConnections.prefix(this.service.prefix(), name);
	}

	/**
	 * Return the properties of a connection.
	 * @param name the connection's name
	 * @return what is configured, else defaults
	 */
	protected final P properties(String name) {
		P found = this.properties.get(name);
		return (found != null) ? found : this.service.noProperties().get();
	}

	/**
	 * Return the properties of all connections.
	 * @return properties by the connections' names
	 */
	protected final Map<String, P> properties() {
		return this.properties;
	}

	/**
	 * Return where the user's beans are.
	 * @return the application's beans
	 */
	protected final ListableBeanFactory beanFactory() {
		return this.parts.beanFactory();
	}

	private ClientOptionsMapper options(String name) {
		P properties = properties(name);
		return new ClientOptionsMapper(prefix(name), properties.getHttp(), properties.getRetry());
	}

	/**
	 * What tells one service from another.
	 *
	 * @param <P> the type of a connection's properties
	 * @param <D> the type of a connection's details
	 * @param prefix the prefix of its properties, such as {@code azure.tables}
	 * @param title its name, for messages
	 * @param properties the type of a connection's properties
	 * @param noProperties makes properties with nothing but defaults
	 * @param details the type of a connection's details
	 */
	public record Service<P, D>(String prefix, String title, Class<P> properties, Supplier<P> noProperties,
			Class<D> details) {
	}

}
