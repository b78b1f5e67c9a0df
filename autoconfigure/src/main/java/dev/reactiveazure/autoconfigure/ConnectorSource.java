package dev.reactiveazure.autoconfigure;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.core.env.Environment;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.util.ClassUtils;

/**
 * Makes connectors in the way that the application says for all its HTTP clients.
 */
interface ConnectorSource {

	/**
	 * Return who knows what the application says.
	 * @param beanFactory the application's beans
	 * @param environment the application's properties
	 * @param classLoader tells whether the application has Spring Boot's HTTP client
	 * module
	 * @return that module, or else what sets up Reactor Netty alone
	 */
	static ConnectorSource of(ListableBeanFactory beanFactory, Environment environment,
			@Nullable ClassLoader classLoader) {
		return ClassUtils.isPresent("org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder",
				classLoader) ? BootConnectorSource.of(beanFactory)
						: ReactorConnectorSource.of(beanFactory, environment);
	}

	/**
	 * Return the SSL bundle of clients that name none.
	 * @return the bundle, {@code null} for what the Java runtime trusts
	 */
	@Nullable SslBundle sslBundle();

	/**
	 * Return what makes a connector of another library than Reactor Netty, if the
	 * application wants one.
	 * @param connectTimeout the time that a connection may take to open, {@code null} for
	 * what holds for all clients
	 * @param sslBundle the bundle, {@code null} for what the Java runtime trusts
	 * @return what makes the connector, {@code null} where clients run on Reactor Netty
	 */
	@Nullable Supplier<ClientHttpConnector> other(@Nullable Duration connectTimeout, @Nullable SslBundle sslBundle);

	/**
	 * Make a connector on Reactor Netty.
	 * @param pooled makes a client of the pool to use
	 * @param customizer has the last word about that client
	 * @param connectTimeout the time that a connection may take to open, {@code null} for
	 * what holds for all clients, and else for the pool
	 * @param sslBundle the bundle, {@code null} for what the Java runtime trusts
	 * @return the connector
	 */
	ClientHttpConnector onReactorNetty(Supplier<HttpClient> pooled, UnaryOperator<HttpClient> customizer,
			@Nullable Duration connectTimeout, @Nullable SslBundle sslBundle);

}
