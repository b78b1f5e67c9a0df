package dev.reactiveazure.autoconfigure.eventgrid.actuate;

import dev.reactiveazure.autoconfigure.eventgrid.EventGridAutoConfiguration;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the health of Event Grid's
 * listeners.
 */
@AutoConfiguration(after = EventGridAutoConfiguration.class)
@ConditionalOnClass({ EventGridListenerRegistry.class, HealthIndicator.class,
		ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(EventGridListenerRegistry.class)
public final class EventGridHealthAutoConfiguration {

	EventGridHealthAutoConfiguration() {
	}

	@Bean
	@ConditionalOnEnabledHealthIndicator("azure-eventgrid-listeners")
	@ConditionalOnMissingBean(
			name = { "azureEventgridListenersHealthIndicator", "azureEventgridListenersHealthContributor" })
	EventGridListenersHealthIndicator azureEventgridListenersHealthIndicator(EventGridListenerRegistry registry) {
		return new EventGridListenersHealthIndicator(registry);
	}

}
