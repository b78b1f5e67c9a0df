package dev.reactiveazure.autoconfigure;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import dev.reactiveazure.core.HttpPool;
import dev.reactiveazure.core.PoolOptions;
import dev.reactiveazure.core.ReactorNettyConnector;
import dev.reactiveazure.core.pipeline.FirstUse;
import io.netty.resolver.NoopAddressResolverGroup;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * Makes connectors on Reactor Netty that share a connection pool, which is opened with
 * the first of them.
 * <p>
 * Apart from {@link HttpTransport.Factory}: that is a bean, and for each bean Spring
 * loads what its methods mention, which would be the classes of Reactor Netty's client.
 */
final class PooledHttpClient {

	private final String poolName;

	private final HttpProperties.Proxy proxy;

	private final List<AzureHttpClientCustomizer> customizers;

	private final FirstUse<HttpPool> pool;

	PooledHttpClient(String poolName, PoolOptions options, HttpProperties.Proxy proxy,
			List<AzureHttpClientCustomizer> customizers) {
		this.poolName = poolName;
		this.proxy = proxy;
		this.customizers = customizers;
		this.pool = new FirstUse<>(() -> HttpPool.create(poolName, options), HttpPool::dispose);
	}

	ReactorNettyConnector connector(ReactorClientHttpConnectorBuilder reactor, HttpClientSettings settings) {
		AtomicReference<HttpClient> last = new AtomicReference<>();
		ClientHttpConnector built = reactor.withHttpClientFactory(() -> this.pool.get().httpClient())
			.withHttpClientCustomizer(this::customize)
			.withHttpClientCustomizer((client) -> last.accumulateAndGet(client, (before, now) -> now))
			// Reactor Netty keeps no cookies, and Boot refuses who asks for that, also
			// where it is for the sake of other clients.
			.build(settings.withCookieHandling(null));
		return ReactorNettyConnector.of(built, Objects.requireNonNull(last.get()));
	}

	/**
	 * Close the pool, at once or as soon as somebody opens it.
	 */
	void dispose() {
		this.pool.close();
	}

	private HttpClient customize(HttpClient client) {
		HttpClient customized = keepTheProtocol(proxied(client));
		for (AzureHttpClientCustomizer customizer : this.customizers) {
			customized = customizer.customize(this.poolName, customized);
		}
		return customized;
	}

	private HttpClient proxied(HttpClient client) {
		String host = this.proxy.getHost();
		if (host == null) {
			return client;
		}
		String username = this.proxy.getUsername();
		String password = this.proxy.getPassword();
		// Names are for the proxy to resolve: often nobody else can.
		return client.resolver(NoopAddressResolverGroup.INSTANCE).proxy((type) -> {
			ProxyProvider.Builder builder = type.type(ProxyProvider.Proxy.HTTP).host(host).port(this.proxy.getPort());
			if (username != null) {
				builder.username(username).password((user) -> (password != null) ? password : "");
			}
		});
	}

	// Boot switches compression on and a user may switch redirects on, for other
	// clients' sake.
	private static HttpClient keepTheProtocol(HttpClient client) {
		return client.compress(false).followRedirect(false).disableRetry(true);
	}

}
