package dev.reactiveazure.eventgrid.listener;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The one way of everything that goes wrong with an event on its way through its handler,
 * whatever it is: the event's form, its conversion, an argument, the handler, its time.
 */
final class FailurePath {

	private static final Log logger = LogFactory.getLog(FailurePath.class);

	private final EventGridListenerEndpoint endpoint;

	private final ErrorHandling handling;

	private final FailurePolicy policy;

	private final FatalRun fatalRun;

	private final HandlerGate gate;

	private final @Nullable FailurePath silent;

	FailurePath(EventGridListenerEndpoint endpoint, FailureOptions options, ErrorHandling handling, HandlerGate gate,
			Timing timing) {
		this(endpoint, options, handling, gate, timing,
				new FailurePath(endpoint, options, handling, HandlerGate.NONE, timing, null));
	}

	private FailurePath(EventGridListenerEndpoint endpoint, FailureOptions options, ErrorHandling handling,
			HandlerGate gate, Timing timing, @Nullable FailurePath silent) {
		this.endpoint = endpoint;
		this.handling = handling;
		this.gate = gate;
		this.silent = silent;
		this.fatalRun = new FatalRun(options.maxFatalInARow(), gate);
		this.policy = new FailurePolicy(new PoisonGuard(handling.recoverer(), options.maxDeliveries(), timing),
				new ReleaseLadder(options.releaseDelays()), options.deadLettered(), this.fatalRun);
	}

	/**
	 * Return a path that decides alike and takes note of nothing: for the other events of
	 * a batch whose one failure was noted already. A batch of a hundred that fails is no
	 * run of a hundred failures.
	 */
	FailurePath silent() {
		return (this.silent != null) ? this.silent : this;
	}

	/**
	 * Take note of an event that was handled.
	 */
	void handled() {
		this.fatalRun.handled();
		this.gate.handled();
	}

	/**
	 * Take note of an event that no handler saw: neither a success nor a failure.
	 */
	void unhandled() {
		this.gate.unhandled();
	}

	/**
	 * Decide about an event that could not be handled.
	 * @return one decision
	 */
	Mono<Disposition> decide(InFlightEvent event, Throwable error) {
		return Mono.defer(() -> {
			ErrorKind kind = this.handling.classifier().classify(error);
			if (kind == ErrorKind.TRANSIENT && !(error instanceof UnknownEventTypeException)) {
				this.gate.failed(error);
			}
			else {
				// It says nothing of what the handlers need.
				this.gate.unhandled();
			}
			FailedDelivery failed = new FailedDelivery(this.endpoint.id(), this.endpoint.topic(),
					this.endpoint.subscription(), event.received(), error, kind);
			return users(event, error).switchIfEmpty(Mono.defer(() -> this.policy.decide(failed)));
		}).onErrorResume((why) -> Mono.just(undecided(event, why)));
	}

	private Mono<Disposition> users(InFlightEvent event, Throwable error) {
		return Mono.defer(() -> this.handling.errorHandler().handle(event.received(), error)).onErrorResume((why) -> {
			logger.error("The error handler of listener '" + this.endpoint.id() + "' failed on " + event.describe()
					+ "; the container decides", why);
			return Mono.empty();
		});
	}

	private Disposition undecided(InFlightEvent event, Throwable why) {
		logger.error(
				"Listener '" + this.endpoint.id() + "' could not decide about " + event.describe() + "; it is released",
				why);
		return this.policy.release(event.received());
	}

}
