package dev.reactiveazure.eventgrid.listener;

import org.springframework.util.Assert;

/**
 * How many events may be received a second, by all containers that share this limit
 * together. A limit that was not used up leaves at most one second's events for later.
 * What a receive brings is counted when it is answered: receives that are open at the
 * same time can go beyond the limit for a moment, for which later ones wait. Thread-safe.
 */
public final class EventRateLimit {

	private static final double MILLIS_PER_SECOND = 1_000;

	private final int perSecond;

	private double available;

	private long filledAt = Long.MIN_VALUE;

	private EventRateLimit(int perSecond) {
		this.perSecond = perSecond;
		this.available = perSecond;
	}

	/**
	 * Make a limit.
	 * @param events how many events a second, at least 1
	 * @return a limit, to be shared by all containers that it is to hold for together
	 * @throws IllegalArgumentException if the number is not positive
	 */
	public static EventRateLimit perSecond(int events) {
		Assert.isTrue(events >= 1, () -> "A rate limit must be at least 1 event a second, but was " + events);
		return new EventRateLimit(events);
	}

	/**
	 * Return for how many events may be asked.
	 * @param now the time in milliseconds
	 */
	synchronized int available(long now) {
		fill(now);
		return (int) Math.max(0, this.available);
	}

	/**
	 * Count received events.
	 */
	synchronized void spend(int events) {
		this.available -= events;
	}

	/**
	 * Return how long it takes until there may be asked for one event.
	 * @return milliseconds
	 */
	synchronized long waitForOne() {
		return (long) Math.ceil(Math.max(0, 1 - this.available) * MILLIS_PER_SECOND / this.perSecond);
	}

	private void fill(long now) {
		if (this.filledAt == Long.MIN_VALUE) {
			this.filledAt = now;
		}
		long passed = Math.max(0, now - this.filledAt);
		this.available = Math.min(this.perSecond, this.available + passed * this.perSecond / MILLIS_PER_SECOND);
		this.filledAt = Math.max(this.filledAt, now);
	}

	@Override
	public String toString() {
		return "EventRateLimit[" + this.perSecond + "/s]";
	}

}
