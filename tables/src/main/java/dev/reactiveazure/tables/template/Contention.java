package dev.reactiveazure.tables.template;

import java.time.Duration;
import java.util.function.DoubleSupplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Tries again what somebody else came before, after waits that grow and are random, so
 * that those who met once do not meet again.
 */
final class Contention {

	private static final double SHORTEST_WAIT = 4;

	private static final double LONGEST_WAIT = 500;

	private final int attempts;

	private final Scheduler scheduler;

	private final DoubleSupplier random;

	/**
	 * Create the policy.
	 * @param attempts how often to try, from 1
	 * @param scheduler runs the waits
	 * @param random gives numbers from 0 (inclusive) to 1 (exclusive)
	 */
	Contention(int attempts, Scheduler scheduler, DoubleSupplier random) {
		this.attempts = attempts;
		this.scheduler = scheduler;
		this.random = random;
	}

	<R> Mono<R> retried(Mono<R> attempt) {
		return attempt.retryWhen(Retry.from(this::waits));
	}

	private Flux<Long> waits(Flux<Retry.RetrySignal> signals) {
		return signals.concatMap((signal) -> {
			Throwable failure = signal.failure();
			if (!(failure instanceof OptimisticLockingFailureException)
					&& !(failure instanceof DuplicateKeyException)) {
				return Mono.error(failure);
			}
			long tries = signal.totalRetries() + 1;
			return (tries < this.attempts) ? Mono.delay(pause(tries), this.scheduler)
					: Mono.error(exhausted(failure, tries));
		});
	}

	private Duration pause(long tries) {
		double longest = Math.min(LONGEST_WAIT, SHORTEST_WAIT * Math.pow(2, tries - 1));
		return Duration.ofNanos((long) (longest * (0.1 + 0.9 * this.random.getAsDouble()) * 1_000_000));
	}

	private static ConcurrencyFailureException exhausted(Throwable failure, long tries) {
		return new OptimisticLockingFailureException(
				"Somebody else was first, " + tries + " times in a row; the last time: " + failure.getMessage(),
				failure);
	}

}
