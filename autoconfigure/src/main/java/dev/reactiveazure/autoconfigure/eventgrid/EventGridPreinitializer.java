package dev.reactiveazure.autoconfigure.eventgrid;

import java.util.List;

import dev.reactiveazure.autoconfigure.BeanTypesPreinitializer;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainerFactory;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;
import dev.reactiveazure.eventgrid.listener.method.EventGridListenerAnnotationBeanPostProcessor;
import dev.reactiveazure.eventgrid.template.CloudEventFactory;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.eventgrid.template.PayloadConverter;

/**
 * Looks through the beans of Event Grid before they are needed.
 */
final class EventGridPreinitializer extends BeanTypesPreinitializer {

	@Override
	protected List<Class<?>> types() {
		return List.of(EventGridAutoConfiguration.class, EventGridListenerConfiguration.class,
				EventGridListenerAnnotationBeanPostProcessor.class, ListenerLaziness.class, EventGridProperties.class,
				EventGridConnections.class, ConfiguredEventGridConnection.class, EventGridNamespaceClient.class,
				PayloadConverter.class, CloudEventFactory.class, ConfiguredDestinations.class, EventGridTemplate.class,
				EventGridListenerRegistry.class, EventGridListenerContainerFactory.class);
	}

}
