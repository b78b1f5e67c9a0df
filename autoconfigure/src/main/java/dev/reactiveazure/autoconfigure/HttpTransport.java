package dev.reactiveazure.autoconfigure;

import java.util.List;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * A connector built as the application says for its HTTP clients, on a connection pool of
 * its own that is closed with it.
 * <p>
 * Proxies, SSL bundles and the user's customizers apply, and where Boot's HTTP client
 * module is on the class path its settings, address filters and customizers. Redirects
 * are never followed, for they would carry a signature elsewhere, and Boot's read
 * time-out does not apply, for it would end long polls: the clients give each call a
 * time-out of its own. When Boot reloads the SSL bundle, connections that Reactor Netty
 * opens later use what is new; those of other clients keep what they have.
 */
public final class HttpTransport implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(HttpTransport.class);

	private final ClientHttpConnector connector;

	private final @Nullable PooledHttpClient client;

	private HttpTransport(ClientHttpConnector connector, @Nullable PooledHttpClient client) {
		this.connector = connector;
		this.client = client;
	}

	/**
	 * Return the connector.
	 * @return a connector that works until this transport is closed
	 */
	public ClientHttpConnector connector() {
		return this.connector;
	}

	/**
	 * Close the connections. Idempotent. A connector of another library than Reactor
	 * Netty closes them by itself.
	 */
	@Override
	public void close() {
		if (this.client != null) {
			this.client.dispose();
		}
	}

	/**
	 * Builds transports from one application's HTTP client settings.
	 */
	public static final class Factory {

		private final ConnectorSource source;

		private final ObjectProvider<SslBundles> sslBundles;

		private final ObjectProvider<AzureHttpClientCustomizer> customizers;

		/**
		 * Create a factory.
		 * @param source makes connectors
		 * @param sslBundles the bundles that properties name
		 * @param customizers the user's last word about Reactor Netty's client
		 */
		Factory(ConnectorSource source, ObjectProvider<SslBundles> sslBundles,
				ObjectProvider<AzureHttpClientCustomizer> customizers) {
			this.source = source;
			this.sslBundles = sslBundles;
			this.customizers = customizers;
		}

		/**
		 * Build a transport.
		 * @param poolName the name of the connection pool in metrics and logs
		 * @param options the service's HTTP properties
		 * @param sslBundle what the connection details say about TLS; {@code null} for
		 * the bundle that the service's properties name, or the application's settings
		 * @return a transport, to be closed by the caller
		 * @throws InvalidAzurePropertyException if a property asks for what cannot be
		 */
		public HttpTransport create(String poolName, ClientOptionsMapper options, @Nullable SslBundle sslBundle) {
			HttpProperties http = options.http();
			options.requireUsableProxy();
			SslBundle bundle = (sslBundle != null) ? sslBundle : namedBundle(options);
			bundle = (bundle != null) ? bundle : this.source.sslBundle();
			Supplier<ClientHttpConnector> other = this.source.other(http.getConnectTimeout(), bundle);
			if (other != null) {
				return new HttpTransport(slower(poolName, options, other), null);
			}
			List<AzureHttpClientCustomizer> customizing = this.customizers.orderedStream().toList();
			PooledHttpClient client = new PooledHttpClient(poolName, this.source, options, customizing);
			if (bundle != null) {
				String bundleName = (sslBundle == null) ? http.getSsl().getBundle() : null;
				return new HttpTransport(reloaded(poolName, bundle, bundleName, client), client);
			}
			// Customizers are to fail at the start, as key stores do.
			return new HttpTransport(customizing.isEmpty() ? new FirstUseConnector(() -> client.connector(null))
					: client.connector(null), client);
		}

		private static ClientHttpConnector slower(String poolName, ClientOptionsMapper options,
				Supplier<ClientHttpConnector> other) {
			if (options.http().getProxy().getHost() != null) {
				throw new InvalidAzurePropertyException(options.name("http.proxy.host"),
						"it is for Reactor Netty, but the HTTP client is another one; configure the proxy there");
			}
			ClientHttpConnector connector = other.get();
			logger.warn("'" + poolName + "' does not run on Reactor Netty but on " + connector.getClass().getName()
					+ ", as 'spring.http.clients.reactive.connector' or a bean says: that works, but is slower, and"
					+ " its connection pool is not the one that the 'http' properties describe");
			return new CancellableConnector(connector);
		}

		private ClientHttpConnector reloaded(String poolName, SslBundle bundle, @Nullable String bundleName,
				PooledHttpClient client) {
			ReloadedConnector reloaded = new ReloadedConnector(poolName, bundle, client::connector);
			List<String> names = (bundleName != null) ? List.of(bundleName) : registered(bundle);
			if (names.isEmpty() && !bundles().getBundleNames().isEmpty()) {
				logger.warn("'" + poolName + "' keeps the SSL bundle it has, also when a bundle is reloaded: that of"
						+ " its connection details, or of the HTTP client settings, is none of 'spring.ssl.bundle.*'");
			}
			names.forEach((name) -> bundles().addBundleUpdateHandler(name, reloaded::reload));
			return reloaded;
		}

		/**
		 * Return the names of a bundle that connection details or Boot's settings hold
		 * without one.
		 */
		private List<String> registered(SslBundle bundle) {
			return bundles().getBundleNames().stream().filter((name) -> bundles().getBundle(name) == bundle).toList();
		}

		private SslBundles bundles() {
			return this.sslBundles.getIfAvailable(DefaultSslBundleRegistry::new);
		}

		private @Nullable SslBundle namedBundle(ClientOptionsMapper options) {
			String bundle = options.http().getSsl().getBundle();
			if (bundle == null) {
				return null;
			}
			if (bundle.isBlank()) {
				throw new InvalidAzurePropertyException(options.name("http.ssl.bundle"),
						"it is empty: name a bundle, or remove it");
			}
			try {
				return bundles().getBundle(bundle);
			}
			catch (NoSuchSslBundleException ex) {
				throw new InvalidAzurePropertyException(options.name("http.ssl.bundle"),
						"there is no SSL bundle '" + bundle + "': define 'spring.ssl.bundle.pem." + bundle
								+ ".*' or 'spring.ssl.bundle.jks." + bundle + ".*'");
			}
		}

	}

}
