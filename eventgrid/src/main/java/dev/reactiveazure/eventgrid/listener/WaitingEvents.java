package dev.reactiveazure.eventgrid.listener;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

/**
 * The events that wait for their handler. Of each key at most one is ready or running;
 * the others of that key are parked behind it. That excludes, it does not order.
 */
final class WaitingEvents {

	private final Queue<Ready> ready = new ConcurrentLinkedQueue<>();

	/** What is parked, by keys of which an event is ready or running. */
	private final Map<Object, Queue<InFlightEvent>> parked = new ConcurrentHashMap<>();

	private final Function<CloudEvent, @Nullable Object> keys;

	WaitingEvents(Function<CloudEvent, @Nullable Object> keys) {
		this.keys = keys;
	}

	void add(InFlightEvent event) {
		Object key;
		try {
			key = key(event.received());
		}
		catch (Throwable ex) {
			// Even an Error: it is this event's, not the loop's.
			this.ready.add(new Ready(event, null, ex));
			return;
		}
		if (key == null) {
			this.ready.add(new Ready(event, null, null));
			return;
		}
		this.parked.compute(key, (same, behind) -> {
			if (behind == null) {
				this.ready.add(new Ready(event, key, null));
				return new ArrayDeque<>(1);
			}
			behind.add(event);
			return behind;
		});
	}

	private @Nullable Object key(ReceivedEvent received) {
		return (received instanceof ReceivedEvent.Valid valid) ? this.keys.apply(valid.event()) : null;
	}

	/**
	 * Take an event that may be handled. Its key is taken until {@link #ended}.
	 */
	@Nullable Ready poll() {
		return this.ready.poll();
	}

	/**
	 * Let the next event of a key be handled.
	 * @param key the key of an event that has ended, {@code null} if it had none
	 */
	void ended(@Nullable Object key) {
		if (key == null) {
			return;
		}
		this.parked.computeIfPresent(key, (same, behind) -> {
			InFlightEvent next = behind.poll();
			if (next == null) {
				return null;
			}
			this.ready.add(new Ready(next, key, null));
			return behind;
		});
	}

	/**
	 * Take an event that waits, whether it may be handled or not. To be called when it is
	 * given back.
	 */
	@Nullable InFlightEvent pollAny() {
		Ready next = this.ready.poll();
		if (next != null) {
			ended(next.key());
			return next.event();
		}
		for (Object key : this.parked.keySet()) {
			InFlightEvent[] taken = new InFlightEvent[1];
			this.parked.computeIfPresent(key, (same, behind) -> {
				taken[0] = behind.poll();
				return behind;
			});
			if (taken[0] != null) {
				return taken[0];
			}
		}
		return null;
	}

	/**
	 * Drop the events that have ended while they waited: a handler that hangs would
	 * otherwise have them pile up, for as their permits are back, others come.
	 */
	void dropEnded() {
		// First what is parked: it may be let in at the end of what is ready, unseen.
		for (Object key : this.parked.keySet()) {
			this.parked.computeIfPresent(key, (same, behind) -> {
				behind.removeIf((event) -> !event.state().isOpen());
				return behind;
			});
		}
		for (Ready next : this.ready) {
			if (!next.event().state().isOpen() && this.ready.remove(next)) {
				ended(next.key());
			}
		}
	}

	/**
	 * Return whether no event may be handled now.
	 */
	boolean isEmpty() {
		return this.ready.isEmpty();
	}

	/**
	 * An event that may be handled.
	 *
	 * @param event the event
	 * @param key its key, {@code null} if it has none
	 * @param failure why its key could not be found out
	 */
	record Ready(InFlightEvent event, @Nullable Object key, @Nullable Throwable failure) {
	}

}
