package dev.reactiveazure.autoconfigure.eventgrid;

import java.util.Map;

import dev.reactiveazure.autoconfigure.NamedConnections;
import dev.reactiveazure.eventgrid.EventGridBasicClient;
import dev.reactiveazure.eventgrid.EventGridEvent;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.EventGridPublisherClient;
import dev.reactiveazure.eventgrid.EventGridSchemaPublisher;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers client and template of each connection with a name.
 * <p>
 * No {@code BeanRegistrar}, which can give a bean neither a qualifier nor keep it from
 * being a default candidate.
 */
final class NamedEventGridConnectionsRegistrar implements ImportBeanDefinitionRegistrar {

	private static final String FACTORY = EventGridConnections.BEAN_NAME;

	private final Environment environment;

	NamedEventGridConnectionsRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		Map<String, EventGridConnectionProperties> named = NamedConnections.of(this.environment,
				EventGridConnections.PREFIX, EventGridConnectionProperties.class);
		for (Map.Entry<String, EventGridConnectionProperties> connection : named.entrySet()) {
			register(registry, connection.getKey(), connection.getValue());
		}
	}

	private static void register(BeanDefinitionRegistry registry, String name,
			EventGridConnectionProperties properties) {
		if (properties.getKind().isBasic()) {
			NamedConnections.register(registry, name, EventGridBasicClient.class, FACTORY, "namedBasicClient");
			registerPublisher(registry, name, properties.getSchema());
			return;
		}
		NamedConnections.register(registry, name, EventGridNamespaceClient.class, FACTORY, "namedClient");
		NamedConnections.register(registry, name, EventGridTemplate.class, FACTORY, "namedTemplate",
				EventGridNamespaceClient.class);
	}

	private static void registerPublisher(BeanDefinitionRegistry registry, String name, EventGridSchema schema) {
		switch (schema) {
			case CLOUD_EVENTS -> NamedConnections.register(registry, name, EventGridPublisherClient.class, FACTORY,
					"cloudEvents", EventGridBasicClient.class);
			case EVENT_GRID -> NamedConnections.register(registry, name, publisherOf(EventGridEvent.class), FACTORY,
					"eventGridEvents", EventGridBasicClient.class);
			case CUSTOM -> NamedConnections.register(registry, name, publisherOf(Object.class), FACTORY, "customEvents",
					EventGridBasicClient.class);
		}
	}

	private static ResolvableType publisherOf(Class<?> event) {
		return ResolvableType.forClassWithGenerics(EventGridSchemaPublisher.class, event);
	}

}
