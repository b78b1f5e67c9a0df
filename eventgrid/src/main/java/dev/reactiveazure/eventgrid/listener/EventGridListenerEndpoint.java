package dev.reactiveazure.eventgrid.listener;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a listener listens to, and what handles its events.
 *
 * @param id names the listener; unique in its registry
 * @param topic the topic of the namespace
 * @param subscription the event subscription of that topic, with pull delivery
 * @param connection the name of the connection to the namespace
 * @param concurrency how many handlers run at a time; {@code null} for the factory's
 * option
 * @param maxInFlight how many events may be locked at a time; {@code null} for the
 * factory's option
 * @param ackMode who settles what was handled well; {@code null} for the factory's option
 * @param autoStartup whether the registry starts the container with the application
 * @param handler handles the events
 */
public record EventGridListenerEndpoint(String id, String topic, String subscription, String connection,
		@Nullable Integer concurrency, @Nullable Integer maxInFlight, @Nullable AckMode ackMode, boolean autoStartup,
		EventHandler handler) {

	/**
	 * The name of the connection that is used where none is named.
	 */
	public static final String DEFAULT_CONNECTION = "default";

	/**
	 * Create an endpoint.
	 * @throws IllegalArgumentException if a name is empty or the concurrency is not
	 * positive
	 */
	public EventGridListenerEndpoint {
		Assert.hasText(id, "The id of a listener must not be empty");
		Assert.hasText(topic, () -> "The topic of listener '" + id + "' must not be empty");
		Assert.hasText(subscription, () -> "The subscription of listener '" + id + "' must not be empty");
		Assert.hasText(connection, () -> "The connection of listener '" + id + "' must not be empty");
		Assert.isTrue(concurrency == null || concurrency >= 1,
				() -> "The concurrency of listener '" + id + "' must be at least 1, but was " + concurrency);
	}

	/**
	 * Create an endpoint on the default connection that starts with the application.
	 * @param id names the listener
	 * @param topic the topic
	 * @param subscription the subscription
	 * @param handler handles the events
	 * @return the endpoint
	 */
	public static EventGridListenerEndpoint of(String id, String topic, String subscription, EventHandler handler) {
		return new EventGridListenerEndpoint(id, topic, subscription, DEFAULT_CONNECTION, null, null, null, true,
				handler);
	}

	/**
	 * Return options with what this endpoint says otherwise.
	 * @param options the options of the factory
	 * @return the options of this endpoint's container
	 * @throws IllegalArgumentException if they don't fit together, or the handler can't
	 * settle events though it has to
	 */
	ContainerOptions applyTo(ContainerOptions options) {
		ContainerOptions.Builder builder = options.toBuilder();
		if (this.concurrency != null) {
			builder.concurrency(this.concurrency);
		}
		if (this.maxInFlight != null) {
			builder.maxInFlight(this.maxInFlight);
		}
		else if (this.concurrency != null && options.maxInFlight() < this.concurrency) {
			builder.maxInFlight(null);
		}
		if (this.ackMode != null) {
			builder.settlement((settlement) -> settlement.ackMode(this.ackMode));
		}
		ContainerOptions applied = builder.build();
		Assert.isTrue(applied.settlement().ackMode() == AckMode.AUTO || this.handler.canSettle(),
				() -> "Listener '" + this.id
						+ "' has the acknowledge mode MANUAL, but its handler has no parameter of type "
						+ "EventSettlement to settle its events with");
		return applied;
	}

}
