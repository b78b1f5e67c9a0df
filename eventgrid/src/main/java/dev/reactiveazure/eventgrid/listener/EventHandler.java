package dev.reactiveazure.eventgrid.listener;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import reactor.core.publisher.Mono;

/**
 * Handles one event. When it ends well, the event is acknowledged; when it fails, the
 * {@link ListenerErrorHandler} decides.
 * <p>
 * Delivery is at-least-once: the same event can come again, even after it was handled.
 */
public sealed interface EventHandler {

	/**
	 * Handles on the calling thread, which it may block: one of the container's own.
	 */
	@FunctionalInterface
	non-sealed interface Blocking extends EventHandler {

		/**
		 * Handle the event. The thread is interrupted if the event's lock is lost or the
		 * time for stopping is over.
		 * @param event the event
		 * @throws Exception if it could not be handled
		 */
		void handle(ReceivedEvent.Valid event) throws Exception;

	}

	/**
	 * Handles without blocking: it is called on the thread that received the event or
	 * ended another handler.
	 */
	@FunctionalInterface
	non-sealed interface Reactive extends EventHandler {

		/**
		 * Handle the event.
		 * @param event the event
		 * @return completes when the event is handled; cancelled if the event's lock is
		 * lost or the time for stopping is over
		 */
		Mono<Void> handle(ReceivedEvent.Valid event);

	}

}
