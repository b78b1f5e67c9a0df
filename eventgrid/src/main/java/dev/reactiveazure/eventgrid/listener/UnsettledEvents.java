package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Looks after events whose handler ended and left their settlement to somebody else, as
 * {@link AckMode#MANUAL} allows: nobody may ever come. Each is reported once, when its
 * lock is first renewed after that, and released when the longest lock is over, so that
 * its permit comes back.
 */
final class UnsettledEvents {

	private static final Log logger = LogFactory.getLog(UnsettledEvents.class);

	private final String name;

	private final LockTimes lockTimes;

	private final Settlements settlements;

	private final ReleaseLadder delays;

	UnsettledEvents(String name, LockTimes lockTimes, Settlements settlements, ReleaseLadder delays) {
		this.name = name;
		this.lockTimes = lockTimes;
		this.settlements = settlements;
		this.delays = delays;
	}

	/**
	 * Look at an event that is locked and open.
	 * @return whether the event is released, and its lock no longer of interest
	 */
	boolean released(InFlightEvent event, long now) {
		if (!event.isLeftToUser() || this.lockTimes.mayRenew(event, now)) {
			return false;
		}
		if (this.settlements.settle(event, this.delays.dispositionFor(event.received()))) {
			logger.warn("Listener '" + this.name + "' releases " + event.describe() + ", received " + age(event, now)
					+ " ago: nobody settled it in the longest time that it may be locked");
		}
		return true;
	}

	/**
	 * Report an event whose lock is due to be renewed.
	 */
	void report(InFlightEvent event, long now) {
		if (event.isLeftToUser() && event.markReported()) {
			logger.warn("Listener '" + this.name + "' still waits for the settlement of " + event.describe()
					+ ", received " + age(event, now) + " ago, though its handler has ended. Nothing happens before"
					+ " the Mono of an EventSettlement is subscribed to");
		}
	}

	private static Duration age(InFlightEvent event, long now) {
		return Duration.ofMillis(now - event.receivedAt());
	}

}
