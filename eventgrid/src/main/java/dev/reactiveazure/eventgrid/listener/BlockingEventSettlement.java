package dev.reactiveazure.eventgrid.listener;

import dev.reactiveazure.eventgrid.ReleaseDelay;

/**
 * Settles one delivery of an event and waits until the service has confirmed. For
 * blocking handlers: on an event loop each method throws {@link IllegalStateException},
 * and nothing is settled.
 *
 * @see EventSettlement#blocking()
 */
public final class BlockingEventSettlement {

	private final EventSettlement settlement;

	BlockingEventSettlement(EventSettlement settlement) {
		this.settlement = settlement;
	}

	/**
	 * Report the event as handled.
	 * @throws IllegalStateException if the delivery is settled or lost already
	 * @throws SettlementFailedException if the service did not confirm
	 */
	public void acknowledge() {
		this.settlement.acknowledge().block();
	}

	/**
	 * Give the event back, to be delivered again at once.
	 * @throws IllegalStateException if the delivery is settled or lost already
	 * @throws SettlementFailedException if the service did not confirm
	 */
	public void release() {
		this.settlement.release().block();
	}

	/**
	 * Give the event back, to be delivered again.
	 * @param delay how long it stays hidden
	 * @throws IllegalStateException if the delivery is settled or lost already
	 * @throws SettlementFailedException if the service did not confirm
	 */
	public void release(ReleaseDelay delay) {
		this.settlement.release(delay).block();
	}

	/**
	 * Give the event up, to the dead-letter store if there is one.
	 * @throws IllegalStateException if the delivery is settled or lost already
	 * @throws SettlementFailedException if the service did not confirm
	 */
	public void reject() {
		this.settlement.reject().block();
	}

	/**
	 * Start the event's lock anew.
	 * @throws IllegalStateException if the delivery is settled or lost already
	 * @throws SettlementFailedException if the lock is lost
	 */
	public void renew() {
		this.settlement.renew().block();
	}

}
