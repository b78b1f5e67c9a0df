package dev.reactiveazure.core;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How often, and after which waits, a request is tried again.
 * <p>
 * What may be tried again is not an option: each operation knows whether a second try is
 * safe. The wait before retry <i>n</i> is {@code delay * multiplier^(n-1)}, at most
 * {@code maxDelay}, shortened at random by up to the share {@code jitter}. Where the
 * service says {@code Retry-After}, that is waited for instead. No retry starts that
 * would begin later than {@code timeout} after the first try.
 *
 * @param maxRetries retries after the first try, 0 or more; default 3
 * @param delay wait before the first retry, positive; default 500 ms
 * @param multiplier growth of the wait, at least 1; default 2
 * @param maxDelay longest wait of our own choosing, at least {@code delay}; default 10 s
 * @param jitter share of the wait that is random, from 0 to 1; default 0.5
 * @param timeout time after the first try in which retries may start, positive; default 2
 * min
 * @param budget the most retries that a client makes, as a share of its calls, from 0 to
 * 1; default 0.1. What calls do not use is saved up for ten retries, so that a client
 * with few calls may retry too, and one whose service is down does not multiply its load.
 */
public record RetryOptions(int maxRetries, Duration delay, double multiplier, Duration maxDelay, double jitter,
		Duration timeout, double budget) {

	private static final double DEFAULT_BUDGET = 0.1;

	private static final RetryOptions DEFAULTS = new RetryOptions(3, Duration.ofMillis(500), 2, Duration.ofSeconds(10),
			0.5, Duration.ofMinutes(2), DEFAULT_BUDGET);

	public RetryOptions {
		Assert.isTrue(maxRetries >= 0, "maxRetries must not be negative");
		Assert.isTrue(delay.compareTo(Duration.ZERO) > 0, "delay must be positive");
		Assert.isTrue(multiplier >= 1, "multiplier must be at least 1");
		Assert.isTrue(maxDelay.compareTo(delay) >= 0, "maxDelay must not be shorter than delay");
		Assert.isTrue(jitter >= 0 && jitter <= 1, "jitter must be between 0 and 1");
		Assert.isTrue(timeout.compareTo(Duration.ZERO) > 0, "timeout must be positive");
		Assert.isTrue(budget >= 0 && budget <= 1, "budget must be between 0 and 1");
	}

	/**
	 * Return the defaults.
	 * @return three retries after about half a second, one second and two seconds
	 */
	public static RetryOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Return options under which nothing is tried again.
	 * @return the defaults with {@code maxRetries} 0
	 */
	public static RetryOptions none() {
		return DEFAULTS.withMaxRetries(0);
	}

	public RetryOptions withMaxRetries(int maxRetries) {
		return new RetryOptions(maxRetries, this.delay, this.multiplier, this.maxDelay, this.jitter, this.timeout,
				this.budget);
	}

	public RetryOptions withDelay(Duration delay) {
		return new RetryOptions(this.maxRetries, delay, this.multiplier, this.maxDelay, this.jitter, this.timeout,
				this.budget);
	}

	public RetryOptions withMultiplier(double multiplier) {
		return new RetryOptions(this.maxRetries, this.delay, multiplier, this.maxDelay, this.jitter, this.timeout,
				this.budget);
	}

	public RetryOptions withMaxDelay(Duration maxDelay) {
		return new RetryOptions(this.maxRetries, this.delay, this.multiplier, maxDelay, this.jitter, this.timeout,
				this.budget);
	}

	public RetryOptions withJitter(double jitter) {
		return new RetryOptions(this.maxRetries, this.delay, this.multiplier, this.maxDelay, jitter, this.timeout,
				this.budget);
	}

	public RetryOptions withTimeout(Duration timeout) {
		return new RetryOptions(this.maxRetries, this.delay, this.multiplier, this.maxDelay, this.jitter, timeout,
				this.budget);
	}

	public RetryOptions withBudget(double budget) {
		return new RetryOptions(this.maxRetries, this.delay, this.multiplier, this.maxDelay, this.jitter, this.timeout,
				budget);
	}

}
