package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * How receiving has been going.
 */
final class Reception {

	private static final long NEVER = Long.MIN_VALUE;

	private final AtomicInteger failures = new AtomicInteger();

	private final AtomicLong overdue = new AtomicLong();

	private volatile long answeredAt = NEVER;

	private volatile @Nullable Throwable lastError;

	/**
	 * Note an answer.
	 * @return whether it is the first after failures
	 */
	boolean answered(long now) {
		this.answeredAt = now;
		this.lastError = null;
		return this.failures.get() != 0 && this.failures.getAndSet(0) > 0;
	}

	/**
	 * Note a failure.
	 * @return the how manieth in a row it is
	 */
	int failed(Throwable error) {
		this.lastError = error;
		return this.failures.incrementAndGet();
	}

	void overdue(Throwable error) {
		this.overdue.incrementAndGet();
		failed(error);
	}

	/**
	 * Note an error that is no failed receive.
	 */
	void broke(Throwable error) {
		this.lastError = error;
	}

	int failures() {
		return this.failures.get();
	}

	long overdue() {
		return this.overdue.get();
	}

	/**
	 * Return how long ago the last receive was answered.
	 * @return the time, {@code null} if none was
	 */
	@Nullable Duration sinceAnswer(long now) {
		long last = this.answeredAt;
		return (last != NEVER) ? Duration.ofMillis(now - last) : null;
	}

	@Nullable Throwable lastError() {
		return this.lastError;
	}

}
