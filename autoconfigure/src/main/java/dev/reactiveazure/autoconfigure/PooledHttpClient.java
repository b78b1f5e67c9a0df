package dev.reactiveazure.autoconfigure;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import dev.reactiveazure.core.HttpPool;
import dev.reactiveazure.core.PoolOptions;
import dev.reactiveazure.core.ReactorNettyConnector;
import dev.reactiveazure.core.pipeline.FirstUse;
import io.netty.resolver.NoopAddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

import org.springframework.boot.ssl.SslBundle;
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

	private final ConnectorSource source;

	private final HttpProperties http;

	private final List<AzureHttpClientCustomizer> customizers;

	private final FirstUse<HttpPool> pool;

	PooledHttpClient(String poolName, ConnectorSource source, ClientOptionsMapper options,
			List<AzureHttpClientCustomizer> customizers) {
		this.poolName = poolName;
		this.source = source;
		this.http = options.http();
		this.customizers = customizers;
		PoolOptions poolOptions = options.poolOptions();
		this.pool = new FirstUse<>(() -> HttpPool.create(poolName, poolOptions), HttpPool::dispose);
	}

	ReactorNettyConnector connector(@Nullable SslBundle bundle) {
		AtomicReference<HttpClient> last = new AtomicReference<>();
		ClientHttpConnector built = this.source.onReactorNetty(() -> this.pool.get().httpClient(),
				(client) -> last.accumulateAndGet(customize(client), (before, now) -> now),
				this.http.getConnectTimeout(), bundle);
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
		HttpProperties.Proxy proxy = this.http.getProxy();
		String host = proxy.getHost();
		if (host == null) {
			return client;
		}
		String username = proxy.getUsername();
		String password = proxy.getPassword();
		// Names are for the proxy to resolve: often nobody else can.
		return client.resolver(NoopAddressResolverGroup.INSTANCE).proxy((type) -> {
			ProxyProvider.Builder builder = type.type(ProxyProvider.Proxy.HTTP).host(host).port(proxy.getPort());
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
