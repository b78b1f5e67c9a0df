package dev.reactiveazure.tables.template;

/**
 * How many batches may be on their way: halved when the service says that it is busy, one
 * more after as many successes as there may be. Not thread-safe.
 */
final class BulkConcurrency {

	private final int most;

	private int limit;

	private int successes;

	private long epoch;

	BulkConcurrency(int most) {
		this.most = most;
		this.limit = most;
	}

	int limit() {
		return this.limit;
	}

	/**
	 * Return a number that grows with each halving, for who is to be told apart by it.
	 */
	long epoch() {
		return this.epoch;
	}

	/**
	 * Take note that the service was busy.
	 * @param sentIn the epoch in which the batch was sent: one of an earlier one says
	 * nothing about the present limit
	 */
	void busy(long sentIn) {
		if (sentIn == this.epoch) {
			this.limit = Math.max(1, this.limit / 2);
			this.successes = 0;
			this.epoch++;
		}
	}

	void success() {
		this.successes++;
		if (this.successes >= this.limit && this.limit < this.most) {
			this.limit++;
			this.successes = 0;
		}
	}

}
