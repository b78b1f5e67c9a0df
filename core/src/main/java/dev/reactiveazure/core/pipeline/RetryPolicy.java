package dev.reactiveazure.core.pipeline;

import java.time.Duration;
import java.util.function.DoubleSupplier;

import dev.reactiveazure.core.AzureException;
import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.core.NotSentException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.core.ServiceFailureException;
import dev.reactiveazure.core.ThrottledException;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a failed call is tried again, and after which wait.
 */
final class RetryPolicy {

	private final RetryOptions options;

	private final DoubleSupplier random;

	private final RetryBudget budget;

	/**
	 * Create a policy.
	 * @param random gives numbers from 0 (inclusive) to 1 (exclusive)
	 */
	RetryPolicy(RetryOptions options, DoubleSupplier random) {
		this(options, random, new RetryBudget(options.budget()));
	}

	private RetryPolicy(RetryOptions options, DoubleSupplier random, RetryBudget budget) {
		this.options = options;
		this.random = random;
		this.budget = budget;
	}

	/**
	 * Return a policy for one call, which takes from the same budget.
	 * @param options the call's options; {@code null} for those of this policy
	 */
	RetryPolicy with(@Nullable RetryOptions options) {
		return (options != null) ? new RetryPolicy(options, this.random, this.budget) : this;
	}

	/**
	 * Pay a call into the budget.
	 */
	void called() {
		this.budget.payIn();
	}

	/**
	 * Return the wait before the next try.
	 * @param failure how the last try ended
	 * @param safety what the operation allows
	 * @param tries tries so far, at least 1
	 * @param elapsed time since the first try began
	 * @return the wait; {@code null} when there is to be no next try
	 */
	@Nullable Duration nextWait(AzureException failure, RetrySafety safety, int tries, Duration elapsed) {
		if (tries > this.options.maxRetries() || !allows(safety, failure)) {
			return null;
		}
		Duration wait = wait(failure, tries);
		if (elapsed.plus(wait).compareTo(this.options.timeout()) > 0) {
			return null;
		}
		return this.budget.takeOut() ? wait : null;
	}

	private static boolean allows(RetrySafety safety, AzureException failure) {
		return switch (safety) {
			case NEVER -> false;
			case NOT_APPLIED -> notApplied(failure);
			case ALWAYS -> notApplied(failure) || failure instanceof OutcomeUnknownException || passing(failure);
		};
	}

	private static boolean notApplied(AzureException failure) {
		return failure instanceof NotSentException || failure instanceof ThrottledException;
	}

	private static boolean passing(AzureException failure) {
		if (!(failure instanceof ServiceFailureException serviceFailure)) {
			return false;
		}
		return switch (serviceFailure.error().status()) {
			case 408, 500, 502, 504 -> true;
			default -> serviceFailure.error().status() > 505;
		};
	}

	private Duration wait(AzureException failure, int tries) {
		if (failure instanceof AzureServiceException answered && answered.error().retryAfter() != null) {
			return answered.error().retryAfter();
		}
		if (tries == 1 && failure instanceof OutcomeUnknownException unknown && unknown.brokeIdleConnection()) {
			return Duration.ZERO;
		}
		double millis = this.options.delay().toMillis() * Math.pow(this.options.multiplier(), tries - 1);
		millis = Math.min(millis, this.options.maxDelay().toMillis());
		return Duration.ofMillis(Math.round(millis * (1 - this.options.jitter() * this.random.getAsDouble())));
	}

}
