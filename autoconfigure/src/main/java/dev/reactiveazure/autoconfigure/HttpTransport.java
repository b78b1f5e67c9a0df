package dev.reactiveazure.autoconfigure;

import java.time.Duration;

import dev.reactiveazure.core.HttpPool;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * A connector built from Spring Boot's HTTP client settings, on a connection pool of its
 * own that is closed with it.
 * <p>
 * Proxies, SSL bundles, address filters and the customizers of Boot and of the user
 * apply. Redirects are never followed, for they would carry a signature elsewhere, and
 * Boot's read time-out does not apply, for it would end long polls: the clients give each
 * call a time-out of its own.
 */
public final class HttpTransport implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(HttpTransport.class);

	private final ClientHttpConnector connector;

	private final @Nullable HttpPool pool;

	private HttpTransport(ClientHttpConnector connector, @Nullable HttpPool pool) {
		this.connector = connector;
		this.pool = pool;
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
		if (this.pool != null) {
			this.pool.dispose();
		}
	}

	/**
	 * Builds transports from one application's HTTP client settings.
	 */
	public static final class Factory {

		private final ClientHttpConnectorBuilder<?> builder;

		private final HttpClientSettings settings;

		/**
		 * Create a factory.
		 * @param builder Boot's or the user's connector builder; without one, Reactor
		 * Netty is used
		 * @param settings Boot's or the user's settings; without any, the defaults are
		 * used
		 */
		public Factory(ObjectProvider<ClientHttpConnectorBuilder<?>> builder,
				ObjectProvider<HttpClientSettings> settings) {
			this.builder = builder.getIfAvailable(ClientHttpConnectorBuilder::reactor);
			this.settings = settings.getIfAvailable(HttpClientSettings::defaults);
		}

		/**
		 * Build a transport.
		 * @param poolName the name of the connection pool in metrics and logs
		 * @param options the service's HTTP properties
		 * @param sslBundle what the connection details say about TLS; {@code null} for
		 * the application's settings
		 * @return a transport, to be closed by the caller
		 */
		public HttpTransport create(String poolName, ClientOptionsMapper options, @Nullable SslBundle sslBundle) {
			HttpClientSettings derived = derivedSettings(options.http().getConnectTimeout(), sslBundle);
			if (this.builder instanceof ReactorClientHttpConnectorBuilder reactor) {
				HttpPool pool = HttpPool.create(poolName, options.poolOptions());
				return new HttpTransport(reactor.withHttpClientFactory(pool::httpClient)
					.withHttpClientCustomizer(Factory::keepTheProtocol)
					.build(derived), pool);
			}
			logger.warn("'" + poolName + "' does not run on Reactor Netty but on " + this.builder.getClass().getName()
					+ ", as 'spring.http.clients.reactive.connector' or a bean says: that works, but is slower, and"
					+ " its connection pool is not the one that the 'http' properties describe");
			return new HttpTransport(this.builder.build(derived), null);
		}

		private HttpClientSettings derivedSettings(@Nullable Duration connectTimeout, @Nullable SslBundle sslBundle) {
			HttpClientSettings derived = this.settings.withRedirects(HttpRedirects.DONT_FOLLOW).withReadTimeout(null);
			derived = (connectTimeout != null) ? derived.withConnectTimeout(connectTimeout) : derived;
			return (sslBundle != null) ? derived.withSslBundle(sslBundle) : derived;
		}

		// Boot switches compression on and a user may switch redirects on, for other
		// clients' sake.
		private static HttpClient keepTheProtocol(HttpClient client) {
			return client.compress(false).followRedirect(false).disableRetry(true);
		}

	}

}
