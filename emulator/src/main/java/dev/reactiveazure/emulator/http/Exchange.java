package dev.reactiveazure.emulator.http;

import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the server, from its first byte until its answer is
 * written or lost.
 *
 * <pre>
 * in progress &lt;--park/resume--&gt; parked
 *      |                           |
 *      +----------&gt; ended &lt;--------+
 * </pre>
 *
 * A handler that waits for time to pass or for something to happen (a long poll) parks
 * the exchange, so that a test that drives the clock knows that nothing moves any more.
 * Thread-safe.
 */
public final class Exchange {

	private final AtomicInteger inProgress;

	private boolean parked;

	private boolean ended;

	private @Nullable EmulatorResponse answer;

	Exchange(AtomicInteger inProgress) {
		this.inProgress = inProgress;
		inProgress.incrementAndGet();
	}

	/**
	 * An exchange outside of a server, for tests of a handler.
	 * @return a new exchange
	 */
	public static Exchange detached() {
		return new Exchange(new AtomicInteger());
	}

	/**
	 * Says that the exchange now waits for the clock or for other requests. Idempotent.
	 */
	public synchronized void park() {
		if (!this.parked && !this.ended) {
			this.parked = true;
			this.inProgress.decrementAndGet();
		}
	}

	/**
	 * Says that the exchange goes on; to be called before its answer is emitted.
	 * Idempotent.
	 */
	public synchronized void resume() {
		if (this.parked && !this.ended) {
			this.parked = false;
			this.inProgress.incrementAndGet();
		}
	}

	void answered(EmulatorResponse response) {
		resume();
		if (!remember(response)) {
			response.lost();
		}
	}

	void sent() {
		EmulatorResponse response = take();
		if (response != null) {
			response.sent();
		}
	}

	void end() {
		boolean counted;
		synchronized (this) {
			if (this.ended) {
				return;
			}
			// From here on nobody remembers, parks or resumes.
			this.ended = true;
			counted = !this.parked;
		}
		EmulatorResponse lost = take();
		// The books are right before the exchange counts as over.
		if (lost != null) {
			lost.lost();
		}
		if (counted) {
			this.inProgress.decrementAndGet();
		}
	}

	/**
	 * Returns the answer once, so that it is sent or lost, never both.
	 */
	private synchronized @Nullable EmulatorResponse take() {
		EmulatorResponse taken = this.answer;
		this.answer = null;
		return taken;
	}

	private synchronized boolean remember(EmulatorResponse response) {
		if (this.ended) {
			return false;
		}
		this.answer = response;
		return true;
	}

}
