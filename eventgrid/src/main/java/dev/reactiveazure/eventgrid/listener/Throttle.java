package dev.reactiveazure.eventgrid.listener;

/**
 * Which share of its means a container uses: all of them until the service says that it
 * is asked for too much; then half, and then again more from second to second.
 */
final class Throttle {

	private static final long PERIOD = 1_000;

	private static final int WHOLE = 64;

	private static final int STEP = 4;

	private int share = WHOLE;

	private long changedAt;

	/**
	 * Halve the share. Refusals that come together count as one.
	 * @return whether it changed
	 */
	synchronized boolean throttled(long now) {
		if (this.share == 1 || this.share < WHOLE && now - this.changedAt < PERIOD) {
			return false;
		}
		this.share /= 2;
		this.changedAt = now;
		return true;
	}

	/**
	 * Let the share grow.
	 * @return whether it changed
	 */
	synchronized boolean answered(long now) {
		if (this.share == WHOLE || now - this.changedAt < PERIOD) {
			return false;
		}
		this.share = Math.min(WHOLE, this.share + STEP);
		this.changedAt = now;
		return true;
	}

	/**
	 * Return the share of a number.
	 * @return at least 1
	 */
	synchronized int of(int number) {
		return (int) Math.max(1, (long) number * this.share / WHOLE);
	}

}
