package dev.reactiveazure.autoconfigure.tables;

import dev.reactiveazure.autoconfigure.ClientOptionsMapper;
import dev.reactiveazure.autoconfigure.ConnectionNotConfiguredException;
import dev.reactiveazure.autoconfigure.HttpTransport;
import dev.reactiveazure.autoconfigure.emulator.EmbeddedEmulator;
import dev.reactiveazure.autoconfigure.emulator.EmulatorAutoConfiguration;
import dev.reactiveazure.autoconfigure.emulator.EmulatorRemedy;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.TablesObservationConvention;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.template.TableOperations;
import dev.reactiveazure.tables.template.TableTemplate;
import dev.reactiveazure.tables.template.TableTemplateOptions;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for Azure Table storage.
 */
@AutoConfiguration(after = { EmulatorAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(TableServiceClient.class)
@EnableConfigurationProperties(TablesProperties.class)
public final class TablesAutoConfiguration {

	private final TablesProperties properties;

	TablesAutoConfiguration(TablesProperties properties) {
		this.properties = properties;
	}

	@Bean
	@ConditionalOnMissingBean({ TablesConnectionDetails.class, TableServiceClient.class })
	TablesConnectionDetails tablesConnectionDetails(ObjectProvider<EmbeddedEmulator> embeddedEmulator,
			Environment environment, ResourceLoader resourceLoader) {
		ConfiguredTablesConnection configured = ConfiguredTablesConnection.from(this.properties);
		if (configured != null) {
			return configured;
		}
		EmbeddedEmulator emulator = embeddedEmulator.getIfAvailable();
		if (emulator != null && emulator.isEnabled()) {
			return EmulatedTablesConnection.start(emulator);
		}
		throw new ConnectionNotConfiguredException("Azure Table storage",
				"Set 'azure.tables.connection-string', or 'azure.tables.account-name' with 'azure.tables.account-key'"
						+ " or 'azure.tables.sas-token'. "
						+ EmulatorRemedy.describe(environment, resourceLoader.getClassLoader()));
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean({ TablesTransport.class, TableServiceClient.class })
	TablesTransport tablesTransport(TablesConnectionDetails connectionDetails,
			ObjectProvider<ClientHttpConnectorBuilder<?>> connectorBuilder,
			ObjectProvider<HttpClientSettings> httpClientSettings) {
		HttpTransport.Factory factory = new HttpTransport.Factory(connectorBuilder, httpClientSettings);
		return new TablesTransport(factory.create("azure-tables", options(), connectionDetails.getSslBundle()));
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	TableServiceClient tableServiceClient(TablesConnectionDetails connectionDetails, TablesTransport transport,
			ObjectProvider<ObservationRegistry> observationRegistry,
			ObjectProvider<TablesObservationConvention> observationConvention,
			ObjectProvider<TableServiceClientCustomizer> customizers) {
		TableServiceClient.Builder builder = TableServiceClient.builder()
			.endpoint(connectionDetails.getEndpoint())
			.credential(connectionDetails.getCredential())
			.connector(transport.http().connector())
			.options(options().clientOptions(connectionDetails.getDescription()))
			.observationRegistry(observationRegistry.getIfAvailable(() -> ObservationRegistry.NOOP));
		observationConvention.ifAvailable(builder::observationConvention);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean
	TableMappingContext tableMappingContext() {
		return new TableMappingContext();
	}

	@Bean
	@ConditionalOnMissingBean(TableOperations.class)
	TableTemplate tableTemplate(TableServiceClient client, TableMappingContext mappingContext) {
		TableTemplateOptions options = TableTemplateOptions.defaults()
			.withCreateTables(this.properties.getTemplate().isCreateTables());
		return new TableTemplate(client, mappingContext, options);
	}

	private ClientOptionsMapper options() {
		return new ClientOptionsMapper("azure.tables", this.properties.getHttp(), this.properties.getRetry());
	}

}
