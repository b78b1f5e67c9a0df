package dev.reactiveazure.eventgrid.listener;

import java.util.List;
import java.util.concurrent.Executor;

import reactor.core.publisher.Mono;

/**
 * One interceptor around a handler, or around the next interceptor. Emits what has become
 * of the event, always: a {@link Disposition}, {@link Unhandled} or {@link #UNDECIDED}.
 *
 * @param interceptor the interceptor
 * @param next what it stands before; emits the same
 * @param threads where the interceptor is called
 */
record InterceptedHandler(EventInterceptor interceptor, HandlerAdapter next,
		UserThreads threads) implements HandlerAdapter {

	private static final Object UNDECIDED = new Object();

	private static final Unhandled SKIPPED = new Unhandled(Disposition.acknowledge());

	/**
	 * Put interceptors around a handler.
	 * @param interceptors the interceptors, the outermost first
	 * @param threads where they are called
	 */
	static HandlerAdapter of(List<EventInterceptor> interceptors, HandlerAdapter handler, UserThreads threads) {
		if (interceptors.isEmpty()) {
			return handler;
		}
		HandlerAdapter outermost = (delivery, slot) -> handler.handle(delivery, slot)
			.ofType(Object.class)
			.filter(InterceptedHandler::isDecision)
			.defaultIfEmpty(UNDECIDED);
		for (int i = interceptors.size() - 1; i >= 0; i--) {
			outermost = new InterceptedHandler(interceptors.get(i), outermost, threads);
		}
		HandlerAdapter deciding = deciding(outermost);
		return threads.mayBlock() ? calledOn(threads.handlers(), deciding) : deciding;
	}

	private static HandlerAdapter deciding(HandlerAdapter intercepted) {
		return (delivery, slot) -> intercepted.handle(delivery, slot).filter(InterceptedHandler::isDecision);
	}

	private static boolean isDecision(Object result) {
		return result instanceof Disposition || result instanceof Unhandled;
	}

	private static HandlerAdapter calledOn(Executor executor, HandlerAdapter adapter) {
		return (delivery, slot) -> BlockingCall.<Object>then(() -> adapter.handle(delivery, slot).cast(Object.class),
				executor, slot);
	}

	@Override
	public Mono<Object> handle(Delivery delivery, HandlerSlot slot) {
		return this.threads.call(() -> this.interceptor.before(delivery))
			.flatMap((passed) -> handlePassed(passed, slot))
			.defaultIfEmpty(SKIPPED);
	}

	private Mono<Object> handlePassed(Delivery passed, HandlerSlot slot) {
		return new UserCall<Object>(() -> this.next.handle(passed, slot).ofType(Object.class))
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
		return this.threads.call(() -> this.interceptor.after(passed, outcome));
	}

	private static HandlingOutcome outcome(Object result) {
		if (result == SKIPPED) {
			return new HandlingOutcome.Skipped();
		}
		if (result instanceof Unhandled unhandled) {
			return new HandlingOutcome.Handled(unhandled.disposition());
		}
		return new HandlingOutcome.Handled((result instanceof Disposition decision) ? decision : null);
	}

}
