package dev.reactiveazure.autoconfigure;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import javax.net.ssl.SSLException;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;

/**
 * Asks nobody: for applications without Spring Boot's HTTP client module, whose
 * auto-configuration would cost each start some 25 to 65 ms. Sets Reactor Netty up as
 * that module does by default, on the event loops of the application's server; where
 * there is no such server, on Reactor Netty's global ones, which nobody stops.
 */
final class ReactorConnectorSource implements ConnectorSource {

	private static final ConfigurationPropertyName UNREAD = ConfigurationPropertyName.of("spring.http.clients");

	private final @Nullable ReactorResourceFactory resources;

	private ReactorConnectorSource(@Nullable ReactorResourceFactory resources) {
		this.resources = resources;
	}

	/**
	 * Create a source, and warn of settings that would need Boot's module.
	 * @param beanFactory where the event loops of the application's server may be
	 * @param environment where such settings may be
	 * @return the source
	 */
	static ConnectorSource of(ListableBeanFactory beanFactory, Environment environment) {
		if (isSet(environment, UNREAD)) {
			LogFactory.getLog(ReactorConnectorSource.class)
				.warn("'" + UNREAD + ".*' is set, but nothing reads it: add 'org.springframework.boot:"
						+ "spring-boot-starter-webclient', or set 'azure.tables.http.*' and 'azure.eventgrid.http.*'");
		}
		return new ReactorConnectorSource(beanFactory.getBeanProvider(ReactorResourceFactory.class).getIfUnique());
	}

	private static boolean isSet(Environment environment, ConfigurationPropertyName parent) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source.containsDescendantOf(parent) == ConfigurationPropertyState.PRESENT) {
				return true;
			}
		}
		return false;
	}

	@Override
	public @Nullable SslBundle sslBundle() {
		return null;
	}

	@Override
	public @Nullable Supplier<ClientHttpConnector> other(@Nullable Duration connectTimeout,
			@Nullable SslBundle sslBundle) {
		return null;
	}

	@Override
	public ClientHttpConnector onReactorNetty(Supplier<HttpClient> pooled, UnaryOperator<HttpClient> customizer,
			@Nullable Duration connectTimeout, @Nullable SslBundle sslBundle) {
		// The pool's client has the time-out already.
		HttpClient client = pooled.get().proxyWithSystemProperties();
		if (sslBundle != null) {
			SslContext context = context(sslBundle);
			client = client.secure((spec) -> spec.sslContext(context));
		}
		if (this.resources != null) {
			client = client.runOn(this.resources.getLoopResources());
		}
		return new ReactorClientHttpConnector(customizer.apply(client));
	}

	private static SslContext context(SslBundle bundle) {
		SslOptions options = bundle.getOptions();
		try {
			return SslContextBuilder.forClient()
				.keyManager(bundle.getManagers().getKeyManagerFactory())
				.trustManager(bundle.getManagers().getTrustManagerFactory())
				.ciphers(SslOptions.asSet(options.getCiphers()))
				.protocols(options.getEnabledProtocols())
				.build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException("The SSL bundle can't be used: " + ex.getMessage(), ex);
		}
	}

}
