package dev.reactiveazure.autoconfigure.eventgrid.actuate;

import java.time.Duration;
import java.util.List;

import dev.reactiveazure.eventgrid.listener.ContainerStatus;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainer;
import dev.reactiveazure.eventgrid.listener.EventGridListenerEndpoint;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;
import dev.reactiveazure.eventgrid.listener.GateState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@link Endpoint @Endpoint} that lists the listeners of an application and, where access
 * to it is unrestricted, pauses, resumes, stops and starts them.
 */
@Endpoint(id = "eventgridlisteners", defaultAccess = Access.READ_ONLY)
public final class EventGridListenersEndpoint {

	private final EventGridListenerRegistry registry;

	/**
	 * Create an endpoint.
	 * @param registry has the listeners
	 */
	public EventGridListenersEndpoint(EventGridListenerRegistry registry) {
		this.registry = registry;
	}

	/**
	 * List the listeners.
	 * @return what each is doing
	 */
	@ReadOperation
	public Listeners listeners() {
		return new Listeners(this.registry.containers().stream().map(Listener::of).toList());
	}

	/**
	 * Look at one listener.
	 * @param id its id
	 * @return what it is doing; {@code null} if there is none of that id
	 */
	@ReadOperation
	public @Nullable Listener listener(@Selector String id) {
		EventGridListenerContainer container = this.registry.find(id);
		return (container != null) ? Listener.of(container) : null;
	}

	/**
	 * Change what a listener does. Returns at once; a stop takes its time.
	 * @param id its id
	 * @param action what to do
	 * @return what it is doing now; {@code null} if there is none of that id
	 * @throws InvalidEndpointRequestException if it can't do that now: it must run to be
	 * paused or resumed, and have stopped to be started
	 */
	@WriteOperation
	public @Nullable Listener change(@Selector String id, Action action) {
		EventGridListenerContainer container = this.registry.find(id);
		if (container == null) {
			return null;
		}
		try {
			action.applyTo(container);
		}
		catch (IllegalStateException ex) {
			String reason = String.valueOf(ex.getMessage());
			throw new InvalidEndpointRequestException(reason, reason, ex);
		}
		return Listener.of(container);
	}

	/**
	 * What can be done to a listener.
	 */
	public enum Action {

		/** Receive nothing until it is resumed; running handlers go on. */
		PAUSE,

		/** Receive again after a pause. */
		RESUME,

		/** Stop: running handlers get the shutdown time-out. */
		STOP,

		/** Start after a stop or a failure. */
		START;

		private void applyTo(EventGridListenerContainer container) {
			switch (this) {
				case PAUSE -> container.pause();
				case RESUME -> container.resume();
				case START -> container.start();
				case STOP -> container.stop(() -> {
				});
			}
		}

	}

	/**
	 * The listeners of an application.
	 *
	 * @param listeners the listeners, in the order of their registration
	 */
	public record Listeners(List<Listener> listeners) {
	}

	/**
	 * A listener and what it is doing.
	 *
	 * @param id its id
	 * @param connection the name of its connection
	 * @param topic the topic
	 * @param subscription the event subscription
	 * @param phase where in its life it is
	 * @param reason why it is paused, stopped or failed
	 * @param gate whether events are let through to its handlers
	 * @param concurrency how many handlers run at a time at most
	 * @param maxInFlight how many events may be locked at a time
	 * @param running how many handlers run
	 * @param inFlight how many events are received and not settled
	 * @param openPolls how many receives are open
	 * @param failedReceives how many receives failed since the last that was answered
	 * @param sinceLastReceive how long ago the last receive was answered
	 * @param lostLocks how many events lost their lock, since the start
	 * @param lastError why the last receive or the container failed
	 */
	public record Listener(String id, String connection, String topic, String subscription, ContainerStatus.Phase phase,
			@Nullable String reason, GateState gate, int concurrency, int maxInFlight, int running, int inFlight,
			int openPolls, int failedReceives, @Nullable Duration sinceLastReceive, long lostLocks,
			@Nullable String lastError) {

		static Listener of(EventGridListenerContainer container) {
			EventGridListenerEndpoint endpoint = container.endpoint();
			ContainerStatus status = container.status();
			Throwable error = status.lastError();
			return new Listener(container.id(), endpoint.connection(), endpoint.topic(), endpoint.subscription(),
					status.phase(), status.reason(), status.gate(), container.options().concurrency(),
					container.options().maxInFlight(), status.running(), status.inFlight(), status.openPolls(),
					status.failedReceives(), status.sinceLastReceive(), status.lostLocks(),
					(error != null) ? error.getClass().getName() + ": " + error.getMessage() : null);
		}

	}

}
