package dev.reactiveazure.autoconfigure.tables;

import dev.reactiveazure.autoconfigure.ConnectionConfiguration;
import dev.reactiveazure.autoconfigure.ConnectionNotConfiguredException;
import dev.reactiveazure.autoconfigure.ConnectionParts;
import dev.reactiveazure.autoconfigure.NamedConnections;
import dev.reactiveazure.autoconfigure.emulator.EmbeddedEmulator;
import dev.reactiveazure.autoconfigure.emulator.EmulatorRemedy;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.template.TableOperations;
import dev.reactiveazure.tables.template.TableTemplate;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for Azure Table storage.
 */
@AutoConfiguration(
		afterName = { "org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration",
				"dev.reactiveazure.autoconfigure.emulator.EmulatorAutoConfiguration",
				"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration" })
@ConditionalOnClass(TableServiceClient.class)
@EnableConfigurationProperties(TablesProperties.class)
@Import({ ConnectionConfiguration.class, NamedTablesConnectionsRegistrar.class })
public final class TablesAutoConfiguration {

	TablesAutoConfiguration() {
	}

	@Bean(name = TablesConnections.BEAN_NAME, destroyMethod = "close")
	TablesConnections tablesConnections(TablesProperties properties, ConnectionParts parts) {
		return new TablesConnections(properties, parts);
	}

	@Bean
	@Conditional(OnDefaultTablesConnection.class)
	@ConditionalOnMissingBean({ TablesConnectionDetails.class, TableServiceClient.class })
	TablesConnectionDetails tablesConnectionDetails(TablesConnections connections,
			ObjectProvider<EmbeddedEmulator> embeddedEmulator, Environment environment, ResourceLoader resourceLoader) {
		TablesConnectionDetails configured = connections.configured(NamedConnections.DEFAULT);
		if (configured != null) {
			return configured;
		}
		EmbeddedEmulator emulator = embeddedEmulator.getIfAvailable();
		if (emulator != null && emulator.isEnabled()) {
			return EmulatedTablesConnection.start(emulator);
		}
		throw new ConnectionNotConfiguredException("Azure Table storage",
				"Set 'azure.tables.connection-string', or 'azure.tables.account-name' with 'azure.tables.account-key'"
						+ " or 'azure.tables.sas-token' or 'azure.tables.entra.credential'. "
						+ EmulatorRemedy.describe(environment, resourceLoader.getClassLoader()));
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnBean(TablesConnectionDetails.class)
	@ConditionalOnMissingBean
	TableServiceClient tableServiceClient(TablesConnections connections, TablesConnectionDetails connectionDetails) {
		return connections.client(NamedConnections.DEFAULT, connectionDetails);
	}

	@Bean
	@ConditionalOnMissingBean(TableMappingContext.class)
	FirstUseMapping tableMappingContext(ApplicationContext applicationContext) {
		return new FirstUseMapping(applicationContext);
	}

	@Bean
	@ConditionalOnBean(TableServiceClient.class)
	@ConditionalOnMissingBean(TableOperations.class)
	TableTemplate tableTemplate(TablesConnections connections, TableServiceClient client) {
		return connections.template(NamedConnections.DEFAULT, client);
	}

}
