package dev.reactiveazure.autoconfigure.eventgrid.actuate;

import dev.reactiveazure.autoconfigure.eventgrid.EventGridAutoConfiguration;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the endpoint that manages Event
 * Grid's listeners.
 */
@AutoConfiguration(after = EventGridAutoConfiguration.class)
@ConditionalOnClass({ EventGridListenerRegistry.class, Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(EventGridListenerRegistry.class)
public final class EventGridEndpointAutoConfiguration {

	EventGridEndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnAvailableEndpoint(EventGridListenersEndpoint.class)
	@ConditionalOnMissingBean
	EventGridListenersEndpoint eventGridListenersEndpoint(EventGridListenerRegistry registry) {
		return new EventGridListenersEndpoint(registry);
	}

}
