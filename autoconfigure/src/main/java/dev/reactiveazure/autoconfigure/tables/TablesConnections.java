package dev.reactiveazure.autoconfigure.tables;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.reactiveazure.autoconfigure.ClientOptionsMapper;
import dev.reactiveazure.autoconfigure.ConnectionNotConfiguredException;
import dev.reactiveazure.autoconfigure.CredentialReload;
import dev.reactiveazure.autoconfigure.EntraCredentials;
import dev.reactiveazure.autoconfigure.HttpTransport;
import dev.reactiveazure.autoconfigure.InvalidAzurePropertyException;
import dev.reactiveazure.autoconfigure.NamedConnections;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.RotatingCredential;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.TablesObservationConvention;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.template.TableTemplate;
import dev.reactiveazure.tables.template.TableTemplateOptions;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Makes the beans of each connection, the default one and those with names, in the same
 * way.
 */
final class TablesConnections {

	static final String BEAN_NAME = "tablesConnections";

	static final String PREFIX = "azure.tables";

	private final Map<String, TablesConnectionProperties> properties = new LinkedHashMap<>();

	private final Environment environment;

	private final ListableBeanFactory beanFactory;

	private final HttpTransport.Factory transports;

	private final EntraCredentials entra;

	private final CredentialReload reload;

	TablesConnections(TablesProperties properties, Environment environment, ListableBeanFactory beanFactory,
			HttpTransport.Factory transports, EntraCredentials entra, CredentialReload reload) {
		this.properties.put(NamedConnections.DEFAULT, properties);
		this.properties.putAll(properties.getConnections());
		this.environment = environment;
		this.beanFactory = beanFactory;
		this.transports = transports;
		this.entra = entra;
		this.reload = reload;
	}

	/**
	 * Return what properties say about a connection.
	 * @return the details, {@code null} if they say nothing
	 */
	@Nullable TablesConnectionDetails configured(String name) {
		String prefix = NamedConnections.prefix(PREFIX, name);
		TablesConnectionProperties properties = properties(name);
		ConfiguredTablesConnection configured = ConfiguredTablesConnection.from(prefix, properties, this.entra);
		if (configured != null && configured.credential() instanceof RotatingCredential rotating) {
			this.reload.register(prefix, rotating, () -> reread(prefix),
					configured.credentialInFile() ? properties.getCredentialReloadInterval() : null);
		}
		return configured;
	}

	private RotatingCredential reread(String prefix) {
		TablesConnectionProperties now = Binder.get(this.environment)
			.bindOrCreate(prefix, TablesConnectionProperties.class);
		ConfiguredTablesConnection configured = ConfiguredTablesConnection.from(prefix, now, this.entra);
		if (configured == null || !(configured.credential() instanceof RotatingCredential rotating)) {
			throw new InvalidAzurePropertyException(prefix + ".*", "neither a key nor a signature is configured now");
		}
		return rotating;
	}

	/**
	 * Return the details of a connection with a name: a bean of that qualifier, or what
	 * properties say.
	 * @throws ConnectionNotConfiguredException if there are none
	 */
	TablesConnectionDetails details(String name) {
		TablesConnectionDetails bean = NamedConnections.bean(this.beanFactory, TablesConnectionDetails.class, name);
		TablesConnectionDetails details = (bean != null) ? bean : configured(name);
		if (details == null) {
			String prefix = NamedConnections.prefix(PREFIX, name);
			throw new ConnectionNotConfiguredException("Azure Table storage by the name '" + name + "'",
					"Set '" + prefix + ".connection-string', or '" + prefix + ".account-name' with a credential.");
		}
		return details;
	}

	NamedTablesConnection connection(String name) {
		TablesConnectionDetails details = details(name);
		return new NamedTablesConnection(details, transport(name, details));
	}

	TablesTransport transport(String name, TablesConnectionDetails details) {
		String pool = NamedConnections.DEFAULT.equals(name) ? "azure-tables" : "azure-tables-" + name;
		return new TablesTransport(this.transports.create(pool, options(name), details.getSslBundle()));
	}

	TableServiceClient namedClient(String name, NamedTablesConnection connection) {
		return client(name, connection.details(), connection.transport());
	}

	TableServiceClient client(String name, TablesConnectionDetails details, TablesTransport transport) {
		TablesConnectionProperties properties = properties(name);
		TableServiceClient.Builder builder = TableServiceClient.builder()
			.endpoint(details.getEndpoint())
			.credential(details.getCredential())
			.readLocation(properties.getReadLocation())
			.kind(properties.getKind())
			.apiVersion(properties.getApiVersion())
			.audience(properties.getAudience())
			.signatureScheme(properties.getSignatureScheme())
			.connector(transport.http().connector())
			.options(options(name).clientOptions(details.getDescription()))
			.observationRegistry(this.beanFactory.getBeanProvider(ObservationRegistry.class)
				.getIfAvailable(() -> ObservationRegistry.NOOP));
		if (details instanceof ConfiguredTablesConnection) {
			builder.accountName(properties.getAccountName());
		}
		AzureEndpoint secondary = details.getSecondaryEndpoint();
		if (secondary != null) {
			builder.secondaryEndpoint(secondary.address());
		}
		this.beanFactory.getBeanProvider(TablesObservationConvention.class).ifAvailable(builder::observationConvention);
		this.beanFactory.getBeanProvider(TableServiceClientCustomizer.class)
			.orderedStream()
			.filter((customizer) -> customizer.appliesTo(name))
			.forEach((customizer) -> customizer.customize(builder));
		return InvalidAzurePropertyException.naming(NamedConnections.prefix(PREFIX, name) + ".*", builder::build);
	}

	TableTemplate namedTemplate(String name, TableServiceClient client) {
		return template(name, client, this.beanFactory.getBean(TableMappingContext.class));
	}

	TableTemplate template(String name, TableServiceClient client, TableMappingContext mappingContext) {
		TablesConnectionProperties.Template template = properties(name).getTemplate();
		TableTemplateOptions options = InvalidAzurePropertyException.naming(
				NamedConnections.prefix(PREFIX, name) + ".template.*",
				() -> TableTemplateOptions.defaults()
					.withCreateTables(template.isCreateTables())
					.withUpdateMode(template.getUpdateMode())
					.withScanPolicy(template.getScanPolicy())
					.withModifyAttempts(template.getModifyAttempts())
					.withReadConcurrency(template.getReadConcurrency()));
		return new TableTemplate(client, mappingContext, options);
	}

	private TablesConnectionProperties properties(String name) {
		TablesConnectionProperties found = this.properties.get(name);
		return (found != null) ? found : new TablesConnectionProperties();
	}

	private ClientOptionsMapper options(String name) {
		TablesConnectionProperties properties = properties(name);
		return new ClientOptionsMapper(NamedConnections.prefix(PREFIX, name), properties.getHttp(),
				properties.getRetry());
	}

}
