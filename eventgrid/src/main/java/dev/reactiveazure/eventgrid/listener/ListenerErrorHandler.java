package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.List;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import reactor.core.publisher.Mono;

/**
 * Decides what becomes of an event that could not be handled, whatever went wrong: it is
 * malformed, its payload could not be converted, its handler failed.
 */
@FunctionalInterface
public interface ListenerErrorHandler {

	/**
	 * Decide. The event's lock is kept alive and its place among the running handlers
	 * stays taken until the decision is made. Where the listener's handlers block, this
	 * may block too: it is called on a thread that may be blocked, and interrupted when
	 * the event's lock is lost or the time for stopping is over. Where they don't, it is
	 * called on the thread that learned of the failure, often an event loop, and must not
	 * block. Never may what it returns.
	 * @param event the event
	 * @param error what went wrong
	 * @return the decision. If it is empty or fails, the container decides, see
	 * {@link #undecided()}
	 */
	Mono<Disposition> handle(ReceivedEvent event, Throwable error);

	/**
	 * Return the handler that leaves each decision to the container: events that can't be
	 * handled, or are about to run out of deliveries, go to the {@link EventRecoverer} if
	 * there is one and are acknowledged once they are safe; those that can't be handled
	 * are rejected if a dead-letter store is {@linkplain FailureOptions#deadLettered()
	 * known}, and released for an hour if not; all others are released with the
	 * container's {@linkplain FailureOptions#releaseDelays() delays}.
	 * @return the handler
	 */
	static ListenerErrorHandler undecided() {
		return (event, error) -> Mono.empty();
	}

	/**
	 * Return the handler that releases each event, with a delay that grows with its
	 * delivery count. It never rejects, because without a dead-letter destination that
	 * would destroy the event.
	 * @param delays the back-off after the first, second, ... delivery, the last one for
	 * all later ones; each is taken to the nearest delay that the service knows: 0, 10,
	 * 60, 600, 3600 seconds
	 * @return the handler
	 * @throws IllegalArgumentException if there is no delay or one is negative
	 */
	static ListenerErrorHandler releasing(List<Duration> delays) {
		ReleaseLadder ladder = new ReleaseLadder(delays);
		return (event, error) -> Mono.just(ladder.dispositionFor(event));
	}

}
