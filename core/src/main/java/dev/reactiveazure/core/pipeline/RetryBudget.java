package dev.reactiveazure.core.pipeline;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps a client's retries to a share of its calls: each call pays that share in, a retry
 * takes one whole out, and no more than ten are ever saved.
 */
final class RetryBudget {

	private static final long ONE = 1_000;

	private static final long MOST = 10 * ONE;

	private final long share;

	private final AtomicLong saved;

	RetryBudget(double share) {
		this.share = Math.round(share * ONE);
		this.saved = new AtomicLong((this.share > 0) ? MOST : 0);
	}

	void payIn() {
		// Not exact under contention, and it need not be: a full purse is left alone.
		if (this.saved.get() < MOST) {
			this.saved.addAndGet(this.share);
		}
	}

	/**
	 * Take out a retry.
	 * @return whether there was one
	 */
	boolean takeOut() {
		while (true) {
			long current = this.saved.get();
			if (current < ONE) {
				return false;
			}
			if (this.saved.compareAndSet(current, current - ONE)) {
				return true;
			}
		}
	}

}
