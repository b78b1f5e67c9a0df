package dev.reactiveazure.benchmarks.eventgrid;

import org.reactivestreams.Publisher;

/**
 * A client that can receive, too.
 */
interface ReceivingPeer extends EventGridPeer {

	/** Events of a receive. */
	int EVENTS = 100;

	/**
	 * Receives {@value #EVENTS} events, reads each payload into an {@code Order} and
	 * acknowledges all of them in one request.
	 */
	Publisher<?> receiveAndAcknowledge();

}
