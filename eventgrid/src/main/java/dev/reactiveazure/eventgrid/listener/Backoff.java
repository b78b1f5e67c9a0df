package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.function.DoubleSupplier;

import dev.reactiveazure.core.AzureServiceException;

/**
 * How long to wait after a failure: exponential with full jitter, and at least as long as
 * the service asks for.
 */
final class Backoff {

	private static final int MOST_DOUBLINGS = 30;

	private final long first;

	private final long longest;

	private final DoubleSupplier random;

	Backoff(Duration first, Duration longest, DoubleSupplier random) {
		this.first = first.toMillis();
		this.longest = longest.toMillis();
		this.random = random;
	}

	/**
	 * Return the wait before the next try.
	 * @param failures how many tries failed in a row, at least 1
	 * @param error the last failure
	 * @return the wait in milliseconds, at least 1
	 */
	long waitAfter(int failures, Throwable error) {
		int doublings = Math.min(failures - 1, MOST_DOUBLINGS);
		long ceiling = Math.min(this.longest,
				this.first << Math.min(doublings, Long.numberOfLeadingZeros(this.first) - 1));
		long jittered = (long) (ceiling * this.random.getAsDouble());
		return Math.max(1, Math.max(jittered, askedFor(error)));
	}

	/**
	 * Return the wait after a try that neither failed nor succeeded.
	 * @return the wait in milliseconds, at least 1
	 */
	long first() {
		return Math.max(1, (long) (this.first * this.random.getAsDouble()));
	}

	private static long askedFor(Throwable error) {
		if (!(error instanceof AzureServiceException service)) {
			return 0;
		}
		Duration retryAfter = service.error().retryAfter();
		return (retryAfter != null) ? retryAfter.toMillis() : 0;
	}

}
