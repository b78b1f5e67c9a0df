package dev.reactiveazure.autoconfigure;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * Asks Spring Boot's HTTP client module: {@code spring.http.clients.*}, the user's
 * connector builder and settings, their customizers and address filters apply.
 */
final class BootConnectorSource implements ConnectorSource {

	private final ClientHttpConnectorBuilder<?> builder;

	private final HttpClientSettings settings;

	private BootConnectorSource(ClientHttpConnectorBuilder<?> builder, HttpClientSettings settings) {
		this.builder = builder;
		this.settings = settings;
	}

	/**
	 * Create a source.
	 * @param beanFactory where Boot's or the user's builder and settings are; without
	 * any, Reactor Netty and Boot's defaults are used
	 * @return the source
	 */
	static ConnectorSource of(ListableBeanFactory beanFactory) {
		ClientHttpConnectorBuilder<?> builder = beanFactory.getBeanProvider(ClientHttpConnectorBuilder.class)
			.getIfAvailable();
		HttpClientSettings settings = beanFactory.getBeanProvider(HttpClientSettings.class).getIfAvailable();
		return new BootConnectorSource((builder != null) ? builder : ClientHttpConnectorBuilder.reactor(),
				(settings != null) ? settings : HttpClientSettings.defaults());
	}

	@Override
	public @Nullable SslBundle sslBundle() {
		return this.settings.sslBundle();
	}

	@Override
	public @Nullable Supplier<ClientHttpConnector> other(@Nullable Duration connectTimeout,
			@Nullable SslBundle sslBundle) {
		return (this.builder instanceof ReactorClientHttpConnectorBuilder) ? null
				: () -> this.builder.build(settings(connectTimeout, sslBundle));
	}

	@Override
	public ClientHttpConnector onReactorNetty(Supplier<HttpClient> pooled, UnaryOperator<HttpClient> customizer,
			@Nullable Duration connectTimeout, @Nullable SslBundle sslBundle) {
		// Reactor Netty keeps no cookies, and Boot refuses who asks for that, also where
		// it is for the sake of other clients.
		return ((ReactorClientHttpConnectorBuilder) this.builder).withHttpClientFactory(pooled)
			.withHttpClientCustomizer(customizer)
			.build(settings(connectTimeout, sslBundle).withCookieHandling(null));
	}

	private HttpClientSettings settings(@Nullable Duration connectTimeout, @Nullable SslBundle sslBundle) {
		HttpClientSettings derived = this.settings.withRedirects(HttpRedirects.DONT_FOLLOW).withReadTimeout(null);
		derived = (connectTimeout != null) ? derived.withConnectTimeout(connectTimeout) : derived;
		return (sslBundle != null) ? derived.withSslBundle(sslBundle) : derived;
	}

}
