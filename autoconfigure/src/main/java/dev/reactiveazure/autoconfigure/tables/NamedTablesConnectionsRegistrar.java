package dev.reactiveazure.autoconfigure.tables;

import java.util.Set;

import dev.reactiveazure.autoconfigure.NamedConnections;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.template.TableTemplate;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers client and template of each connection with a name.
 * <p>
 * No {@code BeanRegistrar}, which can give a bean neither a qualifier nor keep it from
 * being a default candidate.
 */
final class NamedTablesConnectionsRegistrar implements ImportBeanDefinitionRegistrar {

	private final Environment environment;

	NamedTablesConnectionsRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		Set<String> names = NamedConnections
			.of(this.environment, TablesConnections.PREFIX, TablesConnectionProperties.class)
			.keySet();
		for (String name : names) {
			register(registry, name);
		}
	}

	private static void register(BeanDefinitionRegistry registry, String name) {
		String factory = TablesConnections.BEAN_NAME;
		NamedConnections.register(registry, name, TableServiceClient.class, factory, "namedClient");
		NamedConnections.register(registry, name, TableTemplate.class, factory, "template", TableServiceClient.class);
	}

}
