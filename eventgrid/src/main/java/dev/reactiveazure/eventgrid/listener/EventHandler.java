package dev.reactiveazure.eventgrid.listener;

import reactor.core.publisher.Mono;

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

	}

}
