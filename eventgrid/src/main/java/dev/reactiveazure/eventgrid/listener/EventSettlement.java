package dev.reactiveazure.eventgrid.listener;

import dev.reactiveazure.eventgrid.ReleaseDelay;
import reactor.core.publisher.Mono;

/**
 * Settles one delivery of an event. Thread-safe; usable during the handler's call and
 * after it.
 * <p>
 * Nothing happens before a {@code Mono} is subscribed to. It completes when the service
 * has confirmed, often on a thread of the HTTP client, which must not be blocked;
 * cancelling it does not take the settlement back. It fails with
 * <ul>
 * <li>{@link IllegalStateException} if the delivery is settled, being settled or lost
 * already, without a request: the first terminal call counts;</li>
 * <li>{@link SettlementFailedException} if the service did not confirm until the lock was
 * over, telling why.</li>
 * </ul>
 * The container tries again what can be tried again, and sends settlements of several
 * events together: one may take up to {@link SettlementOptions#linger()} longer than its
 * request.
 */
public interface EventSettlement {

	/**
	 * Report the event as handled: the subscription forgets it.
	 * @return completes when the service has confirmed
	 */
	Mono<Void> acknowledge();

	/**
	 * Give the event back, to be delivered again at once with a higher delivery count.
	 * @return completes when the service has confirmed
	 */
	default Mono<Void> release() {
		return release(ReleaseDelay.NONE);
	}

	/**
	 * Give the event back, to be delivered again with a higher delivery count.
	 * @param delay how long it stays hidden
	 * @return completes when the service has confirmed
	 */
	Mono<Void> release(ReleaseDelay delay);

	/**
	 * Give the event up: it goes to the subscription's dead-letter store or, where it has
	 * none, is destroyed. The service does not tell a receiver which.
	 * @return completes when the service has confirmed
	 */
	Mono<Void> reject();

	/**
	 * Start the event's lock anew, for the subscription's lock duration. Rarely needed:
	 * the container renews locks by itself. Not terminal, may be called any number of
	 * times until the longest lock is over.
	 * @return completes when the service has confirmed; fails with the call's error if it
	 * failed, in which case the event stays as it is
	 */
	Mono<Void> renew();

	/**
	 * Return the same for code that may block.
	 * @return a view of this settlement
	 */
	default BlockingEventSettlement blocking() {
		return new BlockingEventSettlement(this);
	}

}
