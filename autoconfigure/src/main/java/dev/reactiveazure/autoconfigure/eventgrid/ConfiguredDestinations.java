package dev.reactiveazure.autoconfigure.eventgrid;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import dev.reactiveazure.autoconfigure.InvalidAzurePropertyException;
import dev.reactiveazure.autoconfigure.NamedConnections;
import dev.reactiveazure.eventgrid.template.EventGridDestinations;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The logical destinations that properties name. One that leads nowhere ends the start of
 * the application.
 */
final class ConfiguredDestinations implements EventGridDestinations, SmartInitializingSingleton {

	private static final String PREFIX = EventGridConnections.PREFIX + ".destinations.";

	private final Map<String, Destination> destinations = new LinkedHashMap<>();

	private final EventGridConnections connections;

	ConfiguredDestinations(EventGridProperties properties, EventGridConnections connections) {
		for (Map.Entry<String, EventGridDestinationProperties> entry : properties.getDestinations().entrySet()) {
			String name = entry.getKey();
			this.destinations.put(name, InvalidAzurePropertyException.naming(PREFIX + name + ".*",
					() -> destination(name, entry.getValue())));
		}
		this.connections = connections;
	}

	private static Destination destination(String name, EventGridDestinationProperties properties) {
		return new Destination(Objects.requireNonNullElse(properties.getConnection(), NamedConnections.DEFAULT),
				Objects.requireNonNullElse(properties.getTopic(), name), properties.getSubscription());
	}

	@Override
	public @Nullable Destination find(String name) {
		return this.destinations.get(name);
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (Map.Entry<String, Destination> entry : this.destinations.entrySet()) {
			InvalidAzurePropertyException.naming(PREFIX + entry.getKey() + ".connection",
					() -> this.connections.namespace(entry.getValue().connection()));
		}
	}

}
