package dev.reactiveazure.eventgrid.listener;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.ReleaseDelay;
import reactor.core.publisher.Mono;

/**
 * What becomes of an event that could not be handled, unless the user's error handler
 * says otherwise. It is recovered if there is a recoverer and it is time to; it is
 * released with a growing delay if it may be handled another time, and with the longest
 * one if not. It is rejected only where a dead-letter store is known to keep it.
 */
final class FailurePolicy {

	private final PoisonGuard guard;

	private final ReleaseLadder delays;

	private final boolean deadLettered;

	private final FatalRun fatalRun;

	FailurePolicy(PoisonGuard guard, ReleaseLadder delays, boolean deadLettered, FatalRun fatalRun) {
		this.guard = guard;
		this.delays = delays;
		this.deadLettered = deadLettered;
		this.fatalRun = fatalRun;
	}

	Mono<Disposition> decide(FailedDelivery failed) {
		return this.guard.recover(failed).switchIfEmpty(Mono.fromSupplier(() -> withoutRecovery(failed)));
	}

	private Disposition withoutRecovery(FailedDelivery failed) {
		if (failed.kind() == ErrorKind.TRANSIENT) {
			return release(failed.event());
		}
		if (this.deadLettered) {
			return Disposition.reject();
		}
		this.fatalRun.failed(failed.event(), failed.error());
		return Disposition.release(ReleaseDelay.ONE_HOUR);
	}

	/**
	 * Decide where nothing is known of the failure.
	 */
	Disposition release(ReceivedEvent event) {
		return this.delays.dispositionFor(event);
	}

}
