package dev.reactiveazure.eventgrid.listener;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a listener listens to, what handles its events, and what is different from the
 * factory's options for it.
 *
 * @param id names the listener; unique in its registry
 * @param topic the topic of the namespace
 * @param subscription the event subscription of that topic, with pull delivery
 * @param connection the name of the connection to the namespace
 * @param autoStartup whether the registry starts the container with the application
 * @param options changes the factory's options
 * @param errorHandler decides about events that could not be handled; {@code null} for
 * the factory's
 * @param interceptors look at each event after the factory's interceptors
 * @param concurrencyKey gives the key of which one event at a time is handled, here and
 * in no other instance; {@code null} for an event that needs none. Must not block
 * @param handler handles the events
 */
public record EventGridListenerEndpoint(String id, String topic, String subscription, String connection,
		boolean autoStartup, Consumer<ContainerOptions.Builder> options, @Nullable ListenerErrorHandler errorHandler,
		List<EventInterceptor> interceptors, Function<CloudEvent, @Nullable Object> concurrencyKey,
		EventHandler handler) {

	/**
	 * The name of the connection that is used where none is named.
	 */
	public static final String DEFAULT_CONNECTION = "default";

	/**
	 * The concurrency key of a listener whose events don't exclude each other.
	 */
	public static final Function<CloudEvent, @Nullable Object> NO_KEY = (event) -> null;

	/**
	 * Create an endpoint.
	 * @throws IllegalArgumentException if a name is empty
	 */
	public EventGridListenerEndpoint {
		Assert.hasText(id, "The id of a listener must not be empty");
		Assert.hasText(topic, () -> "The topic of listener '" + id + "' must not be empty");
		Assert.hasText(subscription, () -> "The subscription of listener '" + id + "' must not be empty");
		Assert.hasText(connection, () -> "The connection of listener '" + id + "' must not be empty");
		interceptors = List.copyOf(interceptors);
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
		return builder(id, topic, subscription, handler).build();
	}

	/**
	 * Start an endpoint on the default connection that starts with the application.
	 * @param id names the listener
	 * @param topic the topic
	 * @param subscription the subscription
	 * @param handler handles the events
	 * @return a builder
	 */
	public static Builder builder(String id, String topic, String subscription, EventHandler handler) {
		return new Builder(id, topic, subscription, handler);
	}

	/**
	 * Return options with what this endpoint says otherwise.
	 * @param given the options of the factory
	 * @return the options of this endpoint's container
	 * @throws IllegalArgumentException if they don't fit together, or the handler can't
	 * settle events though it has to
	 */
	ContainerOptions applyTo(ContainerOptions given) {
		ContainerOptions.Builder builder = given.toBuilder();
		this.options.accept(builder);
		ContainerOptions applied = builder.build();
		Assert.isTrue(applied.settlement().ackMode() == AckMode.AUTO || this.handler.canSettle(),
				() -> "Listener '" + this.id
						+ "' has the acknowledge mode MANUAL, but its handler has no parameter of type "
						+ "EventSettlement to settle its events with");
		if (!this.handler.takesBatches()) {
			return applied;
		}
		Assert.isTrue(this.concurrencyKey == NO_KEY,
				() -> "Listener '" + this.id + "' has a concurrency key, but takes several events at a time");
		return withBatchesInFlight(applied);
	}

	/**
	 * Where nobody says how many events may be locked, there is to be a batch that waits
	 * behind one that is handled.
	 */
	private static ContainerOptions withBatchesInFlight(ContainerOptions applied) {
		if (applied.configuredMaxInFlight() != null) {
			return applied;
		}
		int twoBatches = 2 * applied.receiving().maxEvents();
		return applied.toBuilder().maxInFlight(Math.max(applied.maxInFlight(), twoBatches)).build();
	}

	/**
	 * Collects what an endpoint says. Not thread-safe.
	 */
	public static final class Builder {

		private final String id;

		private final String topic;

		private final String subscription;

		private final EventHandler handler;

		private String connection = DEFAULT_CONNECTION;

		private boolean autoStartup = true;

		private Consumer<ContainerOptions.Builder> options = (options) -> {
		};

		private @Nullable ListenerErrorHandler errorHandler;

		private List<EventInterceptor> interceptors = List.of();

		private Function<CloudEvent, @Nullable Object> concurrencyKey = NO_KEY;

		private Builder(String id, String topic, String subscription, EventHandler handler) {
			this.id = id;
			this.topic = topic;
			this.subscription = subscription;
			this.handler = handler;
		}

		public Builder connection(String connection) {
			this.connection = connection;
			return this;
		}

		public Builder autoStartup(boolean autoStartup) {
			this.autoStartup = autoStartup;
			return this;
		}

		/**
		 * Set what to change of the factory's options.
		 * @param options is called once for each container
		 * @return this builder
		 */
		public Builder options(Consumer<ContainerOptions.Builder> options) {
			this.options = options;
			return this;
		}

		/**
		 * Set who decides about events that could not be handled.
		 * @param errorHandler the error handler; {@code null}, the default, for the
		 * factory's
		 * @return this builder
		 */
		public Builder errorHandler(@Nullable ListenerErrorHandler errorHandler) {
			this.errorHandler = errorHandler;
			return this;
		}

		/**
		 * Set what looks at each event, after the factory's interceptors.
		 * @param interceptors the interceptors, the outermost first
		 * @return this builder
		 */
		public Builder interceptors(List<EventInterceptor> interceptors) {
			this.interceptors = interceptors;
			return this;
		}

		/**
		 * Set what gives the key of which one event at a time is handled. It excludes, it
		 * does not order.
		 * @param concurrencyKey the key, {@code null} for an event that needs none; must
		 * not block
		 * @return this builder
		 */
		public Builder concurrencyKey(Function<CloudEvent, @Nullable Object> concurrencyKey) {
			this.concurrencyKey = concurrencyKey;
			return this;
		}

		/**
		 * Make the endpoint.
		 * @return the endpoint
		 * @throws IllegalArgumentException if a name is empty
		 */
		public EventGridListenerEndpoint build() {
			return new EventGridListenerEndpoint(this.id, this.topic, this.subscription, this.connection,
					this.autoStartup, this.options, this.errorHandler, this.interceptors, this.concurrencyKey,
					this.handler);
		}

	}

}
