package dev.reactiveazure.autoconfigure.eventgrid;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Properties of Azure Event Grid: of the default connection, by name of others, of the
 * template and of listeners.
 */
@ConfigurationProperties("azure.eventgrid")
public class EventGridProperties extends EventGridConnectionProperties {

	/**
	 * Further connections by name, each with the properties of the default one. Their
	 * beans are injected with @Qualifier and that name, which listeners give as their
	 * connection.
	 */
	private final Map<String, EventGridConnectionProperties> connections = new LinkedHashMap<>();

	/**
	 * Logical destinations by name: what the application says in place of a topic when it
	 * publishes or listens on no connection in particular. Each has a 'topic' (by default
	 * its own name), a 'connection' (by default the unnamed one) and a 'subscription' for
	 * listeners that name none.
	 */
	private final Map<String, EventGridDestinationProperties> destinations = new LinkedHashMap<>();

	@NestedConfigurationProperty
	private final EventGridTemplateProperties template = new EventGridTemplateProperties();

	@NestedConfigurationProperty
	private final EventGridListenerProperties listener = new EventGridListenerProperties();

	public Map<String, EventGridConnectionProperties> getConnections() {
		return this.connections;
	}

	public Map<String, EventGridDestinationProperties> getDestinations() {
		return this.destinations;
	}

	public EventGridTemplateProperties getTemplate() {
		return this.template;
	}

	public EventGridListenerProperties getListener() {
		return this.listener;
	}

}
