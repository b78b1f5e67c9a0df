package dev.reactiveazure.autoconfigure;

import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
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
	CredentialReload azureCredentialReload() {
		return new CredentialReload(Schedulers.boundedElastic());
	}

	@Bean
	ConnectionParts azureConnectionParts(Environment environment, ListableBeanFactory beanFactory,
			ResourceLoader resourceLoader, ObjectProvider<SslBundles> sslBundles,
			ObjectProvider<AzureHttpClientCustomizer> customizers, CredentialReload reload) {
		ClassLoader classLoader = resourceLoader.getClassLoader();
		ConnectorSource connectors = ConnectorSource.of(beanFactory, environment, classLoader);
		return new ConnectionParts(environment, beanFactory,
				new HttpTransport.Factory(connectors, sslBundles, customizers),
				new EntraCredentials(beanFactory, classLoader), reload);
	}

}
