package dev.reactiveazure.autoconfigure.tables;

import java.util.function.Supplier;

import dev.reactiveazure.autoconfigure.ConfiguredConnection;
import dev.reactiveazure.autoconfigure.ConnectionParts;
import dev.reactiveazure.autoconfigure.EntraCredentials;
import dev.reactiveazure.autoconfigure.ServiceConnections;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.TablesObservationConvention;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.template.TableNameResolver;
import dev.reactiveazure.tables.template.TableTemplate;
import dev.reactiveazure.tables.template.TableTemplateOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * Makes the beans of each connection to Table storage.
 */
final class TablesConnections extends ServiceConnections<TablesConnectionProperties, TablesConnectionDetails> {

	static final String BEAN_NAME = "tablesConnections";

	static final String PREFIX = "azure.tables";

	TablesConnections(TablesProperties properties, ConnectionParts parts) {
		super(new Service<>(PREFIX, "Azure Table storage", TablesConnectionProperties.class,
				TablesConnectionProperties::new, TablesConnectionDetails.class), properties,
				properties.getConnections(), parts);
	}

	@Override
	protected @Nullable ConfiguredConnection<TablesConnectionDetails> read(String prefix,
			TablesConnectionProperties properties, EntraCredentials entra) {
		return ConfiguredTablesConnection.from(prefix, properties, entra);
	}

	@Override
	protected String remedy(String prefix) {
		return "Set '" + prefix + ".connection-string', or '" + prefix + ".account-name' with a credential.";
	}

	TableServiceClient namedClient(String name) {
		return client(name, details(name));
	}

	TableServiceClient client(String name, TablesConnectionDetails details) {
		TableServiceClient.Builder builder = builder(name, details, connector("azure-tables", name, details));
		TablesObservationConvention convention = beanFactory().getBeanProvider(TablesObservationConvention.class)
			.getIfAvailable();
		if (convention != null) {
			builder.observationConvention(convention);
		}
		customize(TableServiceClientCustomizer.class, name, builder);
		try {
			return builder.build();
		}
		catch (IllegalArgumentException ex) {
			throw invalid(name, "*", ex);
		}
	}

	private TableServiceClient.Builder builder(String name, TablesConnectionDetails details,
			ClientHttpConnector connector) {
		try {
			return configured(name, details, connector);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(name, "*", ex);
		}
	}

	private TableServiceClient.Builder configured(String name, TablesConnectionDetails details,
			ClientHttpConnector connector) {
		TablesConnectionProperties properties = properties(name);
		TableServiceClient.Builder builder = apply(TableServiceClient.builder(), name, details, connector)
			.readLocation(properties.getReadLocation())
			.kind(properties.getKind())
			.apiVersion(properties.getApiVersion())
			.audience(properties.getAudience())
			.signatureScheme(properties.getSignatureScheme());
		String account = properties.getAccountName();
		if (account != null && details instanceof ConfiguredTablesConnection) {
			builder.accountName(account.trim());
		}
		AzureEndpoint secondary = details.getSecondaryEndpoint();
		return (secondary != null) ? builder.secondaryEndpoint(secondary.address()) : builder;
	}

	TableTemplate template(String name, TableServiceClient client) {
		TablesConnectionProperties.Template template = properties(name).getTemplate();
		TableTemplate.Builder builder = TableTemplate.builder(client, mapping())
			.options(options(name, template))
			.entityCallbacks(beanFactory());
		TableNameResolver names = beanFactory().getBeanProvider(TableNameResolver.class).getIfAvailable();
		if (names != null) {
			builder.tableNames(names);
		}
		return builder.build();
	}

	private TableTemplateOptions options(String name, TablesConnectionProperties.Template template) {
		try {
			return TableTemplateOptions.defaults()
				.withCreateTables(template.isCreateTables())
				.withUpdateMode(template.getUpdateMode())
				.withScanPolicy(template.getScanPolicy())
				.withModifyAttempts(template.getModifyAttempts())
				.withReadConcurrency(template.getReadConcurrency());
		}
		catch (IllegalArgumentException ex) {
			throw invalid(name, "template.*", ex);
		}
	}

	private Supplier<TableMappingContext> mapping() {
		FirstUseMapping ours = beanFactory().getBeanProvider(FirstUseMapping.class).getIfAvailable();
		if (ours != null && beanFactory().getBeanNamesForType(TableMappingContext.class, true, false).length == 1) {
			return ours;
		}
		TableMappingContext chosen = beanFactory().getBean(TableMappingContext.class);
		return () -> chosen;
	}

}
