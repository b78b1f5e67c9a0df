package dev.reactiveazure.eventgrid.listener.method;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.reactiveazure.eventgrid.listener.Delivery;
import dev.reactiveazure.eventgrid.listener.EventGridHeaders;
import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a delivered event as headers of a message.
 */
final class EventHeaders {

	private EventHeaders() {
	}

	static Map<String, Object> all(Delivery delivery) {
		CloudEvent event = delivery.event();
		Map<String, Object> headers = new LinkedHashMap<>();
		event.getAttributeNames().forEach((name) -> put(headers, name, event.getAttribute(name)));
		event.getExtensionNames().forEach((name) -> put(headers, name, event.getExtension(name)));
		headers.put(EventGridHeaders.DELIVERY_COUNT, delivery.deliveryCount());
		headers.put(EventGridHeaders.SETTLEMENT, delivery.settlement());
		return headers;
	}

	private static void put(Map<String, Object> headers, String name, @Nullable Object value) {
		if (value != null) {
			headers.put(EventGridHeaders.PREFIX + name, value);
		}
	}

	/**
	 * Find one header.
	 * @param name its name; that of an attribute with or without its prefix
	 */
	static @Nullable Object find(Delivery delivery, String name) {
		if (name.equals(EventGridHeaders.DELIVERY_COUNT)) {
			return delivery.deliveryCount();
		}
		if (name.equals(EventGridHeaders.SETTLEMENT)) {
			return delivery.settlement();
		}
		CloudEvent event = delivery.event();
		String attribute = name.startsWith(EventGridHeaders.PREFIX) ? name.substring(EventGridHeaders.PREFIX.length())
				: name;
		return event.getAttributeNames().contains(attribute) ? event.getAttribute(attribute)
				: event.getExtension(attribute);
	}

}
