package dev.reactiveazure.tables.template;

/**
 * Spreads writes over time, where a rate is set. Not thread-safe.
 */
final class BulkPace {

	private static final long SECOND = 1_000_000_000;

	private final int perSecond;

	private long nextAt = Long.MIN_VALUE;

	/**
	 * Create the pace.
	 * @param perSecond writes in a second; 0 for no limit
	 */
	BulkPace(int perSecond) {
		this.perSecond = perSecond;
	}

	/**
	 * Return how many nanoseconds to wait before the next batch; 0 for none.
	 */
	long waitFrom(long now) {
		return (this.perSecond == 0 || this.nextAt <= now) ? 0 : this.nextAt - now;
	}

	void sent(int writes, long now) {
		if (this.perSecond > 0) {
			this.nextAt = Math.max(this.nextAt, now) + writes * SECOND / this.perSecond;
		}
	}

}
