package dev.reactiveazure.autoconfigure.eventgrid;

import dev.reactiveazure.autoconfigure.NamedConnections;
import dev.reactiveazure.eventgrid.EventGridBasicClient;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;

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
final class NamedEventGridConnectionsRegistrar implements ImportBeanDefinitionRegistrar {

	private final Environment environment;

	NamedEventGridConnectionsRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		NamedConnections.of(this.environment, EventGridConnections.PREFIX, EventGridConnectionProperties.class)
			.forEach((name, properties) -> register(registry, name, properties.getKind()));
	}

	private static void register(BeanDefinitionRegistry registry, String name, EventGridKind kind) {
		String factory = EventGridConnections.BEAN_NAME;
		NamedConnections.register(registry, name, NamedEventGridConnection.class, factory, "connection");
		if (kind.isBasic()) {
			NamedConnections.register(registry, name, EventGridBasicClient.class, factory, "namedBasicClient",
					NamedEventGridConnection.class);
			return;
		}
		NamedConnections.register(registry, name, EventGridNamespaceClient.class, factory, "namedClient",
				NamedEventGridConnection.class);
		NamedConnections.register(registry, name, EventGridTemplate.class, factory, "namedTemplate",
				EventGridNamespaceClient.class);
	}

}
