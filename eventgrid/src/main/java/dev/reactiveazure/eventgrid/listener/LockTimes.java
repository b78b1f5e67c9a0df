package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * When locks end and are to be renewed. The service tells neither: the lock length is an
 * option, and a lock is taken to begin when its event arrived or its renewal was sent.
 */
final class LockTimes {

	private final long lockLength;

	private final long longestLock;

	private final DoubleSupplier random;

	LockTimes(Duration lockDuration, Duration maxLockDuration, DoubleSupplier random) {
		this.lockLength = lockDuration.toMillis();
		this.longestLock = maxLockDuration.toMillis();
		this.random = random;
	}

	/**
	 * Return how often to look for locks that are to be renewed: often enough to renew
	 * each between 50 and 70 % of its length.
	 */
	long interval() {
		return Math.max(1, this.lockLength / 10);
	}

	void start(InFlightEvent event, long lockedAt) {
		event.locked(lockedAt + this.lockLength, lockedAt + renewalAfter());
	}

	boolean mayRenew(InFlightEvent event, long now) {
		return now - event.receivedAt() < this.longestLock;
	}

	private long renewalAfter() {
		return (long) (this.lockLength * (0.5 + 0.1 * this.random.getAsDouble()));
	}

}
