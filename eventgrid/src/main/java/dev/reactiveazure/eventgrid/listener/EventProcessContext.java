package dev.reactiveazure.eventgrid.listener;

import io.cloudevents.CloudEvent;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

/**
 * Describes one handling of one event to observations; the trace goes on from the event's
 * {@code traceparent} and {@code tracestate}.
 */
public final class EventProcessContext extends ReceiverContext<CloudEvent> {

	private final String listenerId;

	private final String topic;

	private final String subscription;

	private final int deliveryCount;

	@SuppressWarnings("NullAway") // the carrier is set below; Micrometer takes null for a
									// missing header
	EventProcessContext(String listenerId, String topic, String subscription, CloudEvent event, int deliveryCount) {
		super(EventProcessContext::extension, Kind.CONSUMER);
		this.listenerId = listenerId;
		this.topic = topic;
		this.subscription = subscription;
		this.deliveryCount = deliveryCount;
		setCarrier(event);
	}

	private static @Nullable String extension(CloudEvent event, String name) {
		Object value = event.getExtensionNames().contains(name) ? event.getExtension(name) : null;
		return (value != null) ? value.toString() : null;
	}

	public String listenerId() {
		return this.listenerId;
	}

	public String topic() {
		return this.topic;
	}

	public String subscription() {
		return this.subscription;
	}

	public int deliveryCount() {
		return this.deliveryCount;
	}

}
