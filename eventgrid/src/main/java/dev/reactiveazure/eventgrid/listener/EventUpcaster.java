package dev.reactiveazure.eventgrid.listener;

import java.net.URI;
import java.util.List;

import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

/**
 * Brings events of an old form to a newer one, before the handler for their type is
 * chosen and their data is decoded. Beans of this type apply to all listeners, in their
 * order, after the interceptors; what one gives the next may take.
 */
public interface EventUpcaster {

	/**
	 * Return whether this upcaster takes an event.
	 * @param type the event's {@code type}
	 * @param dataSchema the event's {@code dataschema}, {@code null} if it has none
	 * @return {@code true} to be given the event
	 */
	boolean supports(String type, @Nullable URI dataSchema);

	/**
	 * Make the newer event. Called where the handler is; must not block where that must
	 * not.
	 * @param event an event that this upcaster supports
	 * @return the event in its newer form, with the same id and source. An error fails
	 * the event
	 */
	CloudEvent upcast(CloudEvent event);

	/**
	 * Return an interceptor that applies upcasters one after the other.
	 * @param upcasters the upcasters, in their order
	 * @return the interceptor
	 */
	static EventInterceptor interceptor(List<EventUpcaster> upcasters) {
		return new UpcastingInterceptor(List.copyOf(upcasters));
	}

}
