package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Has events recovered before they are lost: at a fatal error, and while the service
 * would still deliver them once more, so that a recoverer that fails has a second chance.
 * At the last delivery it is tried until the lock is over.
 */
final class PoisonGuard {

	private static final Log logger = LogFactory.getLog(PoisonGuard.class);

	private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

	private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

	private final @Nullable EventRecoverer recoverer;

	private final int maxDeliveries;

	private final Timing timing;

	private final Backoff backoff;

	PoisonGuard(@Nullable EventRecoverer recoverer, int maxDeliveries, Timing timing) {
		this.recoverer = recoverer;
		this.maxDeliveries = maxDeliveries;
		this.timing = timing;
		this.backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, timing.random());
	}

	/**
	 * Recover an event if it is time to.
	 * @return the acknowledgement once the event is safe; empty if it is not time yet, or
	 * the event is to be recovered at its next delivery
	 */
	Mono<Disposition> recover(FailedDelivery failed) {
		EventRecoverer current = this.recoverer;
		if (current == null || !isTime(failed)) {
			return Mono.empty();
		}
		Mono<Void> recovery = Mono.defer(() -> current.recover(failed))
			.doOnError((error) -> logger.error("The recoverer of listener '" + failed.listenerId()
					+ "' failed at delivery " + failed.event().deliveryCount() + " of " + this.maxDeliveries, error));
		Mono<Void> attempts = isLast(failed.event())
				? recovery.retryWhen(Retry.from((failures) -> failures.concatMap((failure) -> pause(failure))))
				: recovery;
		return attempts.thenReturn(Disposition.acknowledge()).onErrorResume((error) -> Mono.empty());
	}

	private Mono<Long> pause(Retry.RetrySignal failure) {
		int failures = (int) Math.min(failure.totalRetries() + 1, Integer.MAX_VALUE);
		long wait = this.backoff.waitAfter(failures, failure.failure());
		return Mono.delay(Duration.ofMillis(wait), this.timing.scheduler());
	}

	private boolean isTime(FailedDelivery failed) {
		return failed.kind() == ErrorKind.FATAL || failed.event().deliveryCount() >= this.maxDeliveries - 1;
	}

	private boolean isLast(ReceivedEvent event) {
		return event.deliveryCount() >= this.maxDeliveries;
	}

}
