package dev.reactiveazure.autoconfigure;

import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * What the connections of each service need, however many there are.
 */
@Configuration(proxyBeanMethods = false)
public final class ConnectionConfiguration {

	ConnectionConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	HttpTransport.Factory azureHttpTransportFactory(ObjectProvider<ClientHttpConnectorBuilder<?>> connectorBuilder,
			ObjectProvider<HttpClientSettings> settings, ObjectProvider<SslBundles> sslBundles,
			ObjectProvider<AzureHttpClientCustomizer> customizers) {
		return new HttpTransport.Factory(connectorBuilder, settings, sslBundles, customizers);
	}

	@Bean
	@ConditionalOnMissingBean
	EntraCredentials azureEntraCredentials(ListableBeanFactory beanFactory, ResourceLoader resourceLoader) {
		return new EntraCredentials(beanFactory, resourceLoader.getClassLoader());
	}

	@Bean
	@ConditionalOnMissingBean
	CredentialReload azureCredentialReload() {
		return new CredentialReload(Schedulers.boundedElastic());
	}

	@Bean
	@ConditionalOnMissingBean
	ConnectionParts azureConnectionParts(Environment environment, ListableBeanFactory beanFactory,
			HttpTransport.Factory transports, EntraCredentials entra, CredentialReload reload) {
		return new ConnectionParts(environment, beanFactory, transports, entra, reload);
	}

}
