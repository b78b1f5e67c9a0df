package dev.reactiveazure.autoconfigure.eventgrid;

import dev.reactiveazure.autoconfigure.NamedConnections;
import dev.reactiveazure.eventgrid.EventGridBasicClient;
import dev.reactiveazure.eventgrid.EventGridEvent;
import dev.reactiveazure.eventgrid.EventGridPublisherClient;
import dev.reactiveazure.eventgrid.EventGridSchemaPublisher;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for what publishes to the Basic tier
 * of Azure Event Grid, where there is a client of it. It is one of its own, for who has a
 * namespace should not pay at each start for conditions that are never met.
 */
@AutoConfiguration(after = EventGridAutoConfiguration.class)
@ConditionalOnClass(EventGridBasicClient.class)
@ConditionalOnBean({ EventGridBasicClient.class, EventGridConnections.class })
public final class EventGridBasicAutoConfiguration {

	EventGridBasicAutoConfiguration() {
	}

	@Bean
	@Conditional(OnEventGridSchema.CloudEvents.class)
	@ConditionalOnMissingBean
	EventGridPublisherClient eventGridPublisherClient(EventGridConnections connections, EventGridBasicClient client) {
		return connections.cloudEvents(NamedConnections.DEFAULT, client);
	}

	@Bean
	@Conditional(OnEventGridSchema.EventGrid.class)
	@ConditionalOnMissingBean
	EventGridSchemaPublisher<EventGridEvent> eventGridEventPublisher(EventGridConnections connections,
			EventGridBasicClient client) {
		return connections.eventGridEvents(NamedConnections.DEFAULT, client);
	}

	@Bean
	@Conditional(OnEventGridSchema.Custom.class)
	@ConditionalOnMissingBean
	EventGridSchemaPublisher<Object> eventGridCustomPublisher(EventGridConnections connections,
			EventGridBasicClient client) {
		return connections.customEvents(NamedConnections.DEFAULT, client);
	}

}
