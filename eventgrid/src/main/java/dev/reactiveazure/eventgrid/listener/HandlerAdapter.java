package dev.reactiveazure.eventgrid.listener;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The one form in which the container knows handlers.
 */
@FunctionalInterface
interface HandlerAdapter {

	/**
	 * Handle an event, when subscribed to.
	 * @param delivery the event
	 * @param slot held by each call that keeps a thread busy
	 * @return the handler's {@link Disposition}, or {@link Unhandled} where there was
	 * none; without either it is the container's to decide. Other values mean nothing: a
	 * user's cast can make them
	 */
	Mono<?> handle(Delivery delivery, HandlerSlot slot);

	/**
	 * Adapt a handler.
	 * @param executor where those run that block
	 * @param timers what runs time-outs
	 */
	static HandlerAdapter of(EventHandler handler, Executor executor, Scheduler timers) {
		if (handler instanceof EventHandler.ByType byType) {
			return byType(byType, executor, timers);
		}
		if (handler.takesBatches()) {
			BatchAdapter batches = BatchAdapter.of(handler, executor, timers);
			return (delivery, slot) -> ((BatchSeat) slot).take(delivery, batches);
		}
		if (handler instanceof EventHandler.Reactive reactive) {
			return (delivery, slot) -> reactive.handle(delivery);
		}
		if (handler instanceof EventHandler.Blocking blocking) {
			return (delivery, slot) -> new BlockingCall<>(() -> {
				blocking.handle(delivery);
				return null;
			}, executor, slot);
		}
		if (handler instanceof EventHandler.Limited limited) {
			return limited(limited, of(limited.handler(), executor, timers), timers);
		}
		return deciding((EventHandler.Deciding) handler, executor);
	}

	private static HandlerAdapter byType(EventHandler.ByType byType, Executor executor, Scheduler timers) {
		Map<String, HandlerAdapter> adapters = new HashMap<>();
		byType.handlers().forEach((type, handler) -> adapters.put(type, of(handler, executor, timers)));
		HandlerAdapter others = (byType.others() != null) ? of(byType.others(), executor, timers)
				: unknown(byType.unknown());
		return (delivery, slot) -> adapters.getOrDefault(delivery.event().getType(), others).handle(delivery, slot);
	}

	private static HandlerAdapter unknown(UnknownType unknown) {
		return switch (unknown) {
			case RELEASE -> (delivery, slot) -> Mono.error(new UnknownEventTypeException(delivery.event().getType()));
			case REJECT -> (delivery, slot) -> Mono.just(new Unhandled(Disposition.reject()));
			case ACKNOWLEDGE -> (delivery, slot) -> Mono.just(new Unhandled(Disposition.acknowledge()));
		};
	}

	private static HandlerAdapter limited(EventHandler.Limited limited, HandlerAdapter adapter, Scheduler timers) {
		Mono<Object> late = Mono.error(() -> new HandlerTimeoutException(limited.timeout()));
		return (delivery,
				slot) -> adapter.handle(delivery, slot).cast(Object.class).timeout(limited.timeout(), late, timers);
	}

	private static HandlerAdapter deciding(EventHandler.Deciding deciding, Executor executor) {
		if (deciding.blocks()) {
			return (delivery, slot) -> BlockingCall.then(() -> deciding.handle(delivery), executor, slot);
		}
		return (delivery, slot) -> {
			try {
				return deciding.handle(delivery);
			}
			catch (Exception ex) {
				return Mono.error(ex);
			}
		};
	}

}
