package dev.reactiveazure.eventgrid.listener;

import reactor.core.publisher.Mono;

/**
 * Brings events into safety that will never be handled: those that failed with a
 * {@linkplain ErrorKind#FATAL fatal} error, and those that are about to run out of
 * deliveries.
 * <p>
 * It is called for the last delivery but one that the subscription allows, and, if that
 * did not help, again for the last one, then until the event's lock is over.
 *
 * @see FailureOptions#maxDeliveries()
 * @see PublishingEventRecoverer
 */
@FunctionalInterface
public interface EventRecoverer {

	/**
	 * Bring an event into safety. Its lock is kept alive meanwhile. Where the listener's
	 * handlers block, this may block too: it is called on a thread that may be blocked,
	 * and interrupted when the event's lock is lost or the time for stopping is over.
	 * Where they don't, it is called on the thread that learned of the failure, often an
	 * event loop, and must not block. Never may what it returns.
	 * @param failed the event and what went wrong with it
	 * @return completes when the event is safe: only then it is acknowledged, so that it
	 * never comes again. If it fails, the event is released
	 */
	Mono<Void> recover(FailedDelivery failed);

}
