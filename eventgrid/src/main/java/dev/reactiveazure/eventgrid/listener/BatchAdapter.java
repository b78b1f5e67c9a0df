package dev.reactiveazure.eventgrid.listener;

import java.util.List;
import java.util.concurrent.Executor;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The one form in which the container knows batch handlers.
 */
@FunctionalInterface
interface BatchAdapter {

	/**
	 * Handle events, when subscribed to, and tell each seat what has become of its event.
	 * @param slot held by each call that keeps a thread busy
	 * @return completes when all are told; an error is for those that are not
	 */
	Mono<Void> handle(List<BatchSeat> seats, HandlerSlot slot);

	/**
	 * Adapt a handler that takes batches.
	 * @param executor where those run that block
	 * @param timers what runs time-outs
	 */
	static BatchAdapter of(EventHandler handler, Executor executor, Scheduler timers) {
		if (handler instanceof EventHandler.Limited limited) {
			BatchAdapter adapter = of(limited.handler(), executor, timers);
			Mono<Void> late = Mono.error(() -> new HandlerTimeoutException(limited.timeout()));
			return (seats, slot) -> adapter.handle(seats, slot).timeout(limited.timeout(), late, timers);
		}
		EventHandler.Batch<?> batch = (EventHandler.Batch<?>) handler;
		if (!batch.blocks()) {
			return (seats, slot) -> PreparedBatch.of(batch, seats).handle();
		}
		return (seats, slot) -> BlockingCall.then(() -> PreparedBatch.of(batch, seats).handle(), executor, slot);
	}

}
