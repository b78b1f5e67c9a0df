package dev.reactiveazure.eventgrid.listener;

import java.util.List;
import java.util.concurrent.Executor;

import reactor.core.publisher.Mono;

/**
 * One interceptor around a handler, or around the next interceptor. Emits what has become
 * of the event, always: a {@link Disposition}, {@link #UNDECIDED} or {@link #SKIPPED}.
 *
 * @param interceptor the interceptor
 * @param next what it stands before; emits the same
 */
record InterceptedHandler(EventInterceptor interceptor, HandlerAdapter next) implements HandlerAdapter {

	private static final Object UNDECIDED = new Object();

	private static final Object SKIPPED = new Object();

	/**
	 * Put interceptors around a handler.
	 * @param interceptors the interceptors, the outermost first
	 * @param blocks whether the handler, and with it all that a user wrote, may block
	 * @param executor where it may
	 */
	static HandlerAdapter of(List<EventInterceptor> interceptors, HandlerAdapter handler, boolean blocks,
			Executor executor) {
		if (interceptors.isEmpty()) {
			return handler;
		}
		HandlerAdapter outermost = (delivery, slot) -> handler.handle(delivery, slot)
			.ofType(Object.class)
			.filter(Disposition.class::isInstance)
			.defaultIfEmpty(UNDECIDED);
		for (int i = interceptors.size() - 1; i >= 0; i--) {
			outermost = new InterceptedHandler(interceptors.get(i), outermost);
		}
		HandlerAdapter deciding = deciding(outermost);
		return blocks ? calledOn(executor, deciding) : deciding;
	}

	private static HandlerAdapter deciding(HandlerAdapter intercepted) {
		return (delivery, slot) -> intercepted.handle(delivery, slot)
			.filter((result) -> result != UNDECIDED)
			.map((result) -> (result == SKIPPED) ? Disposition.acknowledge() : result);
	}

	private static HandlerAdapter calledOn(Executor executor, HandlerAdapter adapter) {
		return (delivery, slot) -> new BlockingCall<>(() -> adapter.handle(delivery, slot), executor, slot)
			.flatMap((rest) -> rest);
	}

	@Override
	public Mono<Object> handle(Delivery delivery, HandlerSlot slot) {
		return Mono.defer(() -> this.interceptor.before(delivery))
			.flatMap((passed) -> handlePassed(passed, slot))
			.defaultIfEmpty(SKIPPED);
	}

	private Mono<Object> handlePassed(Delivery passed, HandlerSlot slot) {
		return Mono.<Object>defer(() -> this.next.handle(passed, slot).ofType(Object.class))
			.onErrorResume((error) -> failed(passed, error))
			.flatMap((result) -> after(passed, outcome(result)).thenReturn(result));
	}

	private Mono<Object> failed(Delivery passed, Throwable error) {
		return after(passed, new HandlingOutcome.Failed(error)).onErrorResume((another) -> {
			if (another != error) {
				error.addSuppressed(another);
			}
			return Mono.empty();
		}).then(Mono.error(error));
	}

	private Mono<Void> after(Delivery passed, HandlingOutcome outcome) {
		return Mono.defer(() -> this.interceptor.after(passed, outcome));
	}

	private static HandlingOutcome outcome(Object result) {
		if (result == SKIPPED) {
			return new HandlingOutcome.Skipped();
		}
		return new HandlingOutcome.Handled((result instanceof Disposition decision) ? decision : null);
	}

}
