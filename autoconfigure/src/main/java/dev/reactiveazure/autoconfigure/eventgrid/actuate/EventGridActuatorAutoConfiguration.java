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
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the health of Event Grid's
 * listeners and the endpoint that manages them.
 */
@AutoConfiguration(after = EventGridAutoConfiguration.class)
@ConditionalOnClass(EventGridListenerRegistry.class)
@ConditionalOnBean(EventGridListenerRegistry.class)
public final class EventGridActuatorAutoConfiguration {

	EventGridActuatorAutoConfiguration() {
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
	static class HealthConfiguration {

		@Bean
		@ConditionalOnEnabledHealthIndicator("azure-eventgrid-listeners")
		@ConditionalOnMissingBean(
				name = { "azureEventgridListenersHealthIndicator", "azureEventgridListenersHealthContributor" })
		EventGridListenersHealthIndicator azureEventgridListenersHealthIndicator(EventGridListenerRegistry registry) {
			return new EventGridListenersHealthIndicator(registry);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
	static class EndpointConfiguration {

		@Bean
		@ConditionalOnAvailableEndpoint(EventGridListenersEndpoint.class)
		@ConditionalOnMissingBean
		EventGridListenersEndpoint eventGridListenersEndpoint(EventGridListenerRegistry registry) {
			return new EventGridListenersEndpoint(registry);
		}

	}

}
