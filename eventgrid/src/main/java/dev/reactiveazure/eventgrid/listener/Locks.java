package dev.reactiveazure.eventgrid.listener;

import reactor.core.publisher.Mono;

/**
 * Where a lock is renewed on demand.
 */
interface Locks {

	/**
	 * Renew the lock of an event.
	 * @return completes when the service has confirmed; fails with
	 * {@link SettlementFailedException} if the lock is lost, which ends the event
	 */
	Mono<Void> renew(InFlightEvent event);

}
