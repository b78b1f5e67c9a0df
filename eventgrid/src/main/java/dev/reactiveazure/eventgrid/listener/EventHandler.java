package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Handles one event. When it ends well, the event is acknowledged, unless the handler is
 * to settle it by itself ({@link AckMode#MANUAL}); when it fails, the
 * {@link ListenerErrorHandler} decides.
 * <p>
 * Delivery is at-least-once: the same event can come again, even after it was handled.
 */
public sealed interface EventHandler {

	/**
	 * Return whether the handler can settle events by itself, as {@link AckMode#MANUAL}
	 * demands.
	 * @return {@code true} unless the handler has no use for
	 * {@link Delivery#settlement()}
	 */
	default boolean canSettle() {
		return true;
	}

	/**
	 * Return whether the handler takes several events at a time.
	 * @return {@code true} for a {@link Batch}, limited or not
	 */
	default boolean takesBatches() {
		return false;
	}

	/**
	 * Return whether this handler may block the thread that calls it.
	 * @return {@code true} for one that the container calls on threads of its own
	 */
	boolean blocks();

	/**
	 * Handles on the calling thread, which it may block: one of the container's own.
	 */
	@FunctionalInterface
	non-sealed interface Blocking extends EventHandler {

		/**
		 * Handle the event. The thread is interrupted if the event's lock is lost or the
		 * time for stopping is over.
		 * @param delivery the event, and what settles it
		 * @throws Exception if it could not be handled
		 */
		void handle(Delivery delivery) throws Exception;

		@Override
		default boolean blocks() {
			return true;
		}

	}

	/**
	 * Handles without blocking: it is called on the thread that received the event or
	 * ended another handler.
	 */
	@FunctionalInterface
	non-sealed interface Reactive extends EventHandler {

		/**
		 * Handle the event.
		 * @param delivery the event, and what settles it
		 * @return completes when the event is handled; cancelled if the event's lock is
		 * lost or the time for stopping is over
		 */
		Mono<Void> handle(Delivery delivery);

		@Override
		default boolean blocks() {
			return false;
		}

	}

	/**
	 * Handles in two steps, and may decide itself what becomes of the event: the general
	 * form, of which the others are special cases.
	 */
	non-sealed interface Deciding extends EventHandler {

		/**
		 * Begin to handle the event: where this handler {@link #blocks()}, on a thread of
		 * the container, which is interrupted as that of {@link Blocking} is.
		 * @param delivery the event, and what settles it
		 * @return what is left to do without blocking, with the decision about the event;
		 * empty where it is handled and there is nothing to decide
		 * @throws Exception if it could not be handled
		 */
		Mono<Disposition> handle(Delivery delivery) throws Exception;

	}

	/**
	 * Handles several events with one call: those that wait when it begins, up to
	 * {@link ReceivingOptions#maxEvents()}. It never waits for more to come.
	 * <p>
	 * Interceptors see each event by itself; one that they skip or fail, and one that
	 * can't be {@linkplain #prepare prepared}, does not take part, and the others do
	 * without it. The call is cancelled when the locks of all of its events are lost or
	 * the time for stopping is over; an event that lost its lock alone is not settled.
	 *
	 * @param <T> what the handler takes of each event
	 */
	non-sealed interface Batch<T> extends EventHandler {

		/**
		 * Make of an event what {@link #handle} takes, on the same thread as that.
		 * @param delivery the event, and what settles it
		 * @return what to handle
		 * @throws Exception if it can't be made; only this event fails
		 */
		T prepare(Delivery delivery) throws Exception;

		/**
		 * Handle events: where this handler {@link #blocks()}, on a thread of the
		 * container, which is interrupted as that of {@link Blocking} is.
		 * @param events what was prepared, at least one; immutable
		 * @return a decision for each event, in the order of the events; empty where all
		 * are handled and there is nothing to decide. An error is as if it were thrown
		 * @throws BatchFailureException if one event could not be handled: those before
		 * it were, those after it are released at once and count for neither
		 * @throws Exception if none could be handled: all of them fail
		 */
		Mono<List<Disposition>> handle(List<T> events) throws Exception;

		@Override
		default boolean takesBatches() {
			return true;
		}

	}

	/**
	 * Handles within a time.
	 *
	 * @param handler handles
	 * @param timeout how long one call may take, positive. Then the handler is cancelled
	 * and its event, or each of its batch, fails with a {@link HandlerTimeoutException}
	 */
	record Limited(EventHandler handler, Duration timeout) implements EventHandler {

		/**
		 * Limit a handler.
		 * @throws IllegalArgumentException if the time is not positive
		 */
		public Limited {
			Assert.isTrue(timeout.compareTo(Duration.ZERO) > 0, () -> "timeout must be positive, but was " + timeout);
		}

		@Override
		public boolean blocks() {
			return this.handler.blocks();
		}

		@Override
		public boolean canSettle() {
			return this.handler.canSettle();
		}

		@Override
		public boolean takesBatches() {
			return this.handler.takesBatches();
		}

	}

	/**
	 * Gives each event to the handler for its type, before its data is looked at.
	 *
	 * @param handlers the handlers by the event's {@code type}, compared exactly
	 * @param others handles all other types; {@code null} where there is none
	 * @param unknown what becomes of events that nobody handles
	 */
	record ByType(Map<String, EventHandler> handlers, @Nullable EventHandler others,
			UnknownType unknown) implements EventHandler {

		/**
		 * Combine handlers.
		 * @throws IllegalArgumentException if some take batches and others do not
		 */
		public ByType {
			handlers = Map.copyOf(handlers);
			long batches = all(handlers, others).filter(EventHandler::takesBatches).count();
			Assert.isTrue(batches == 0 || batches == all(handlers, others).count(),
					"Of the handlers of one subscription, either all or none must take several events at a time");
		}

		@Override
		public boolean blocks() {
			return all().anyMatch(EventHandler::blocks);
		}

		@Override
		public boolean canSettle() {
			return all().allMatch(EventHandler::canSettle);
		}

		@Override
		public boolean takesBatches() {
			return all().anyMatch(EventHandler::takesBatches);
		}

		private Stream<EventHandler> all() {
			return all(this.handlers, this.others);
		}

		private static Stream<EventHandler> all(Map<String, EventHandler> handlers, @Nullable EventHandler others) {
			return Stream.concat(handlers.values().stream(), Stream.ofNullable(others));
		}

	}

}
