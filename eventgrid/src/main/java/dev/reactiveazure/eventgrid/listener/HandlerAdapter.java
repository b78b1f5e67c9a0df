package dev.reactiveazure.eventgrid.listener;

import java.util.concurrent.Executor;

import reactor.core.publisher.Mono;

/**
 * The one form in which the container knows handlers.
 */
@FunctionalInterface
interface HandlerAdapter {

	Mono<Void> handle(Delivery delivery);

	static HandlerAdapter of(EventHandler handler, Executor executor) {
		if (handler instanceof EventHandler.Reactive reactive) {
			return reactive::handle;
		}
		EventHandler.Blocking blocking = (EventHandler.Blocking) handler;
		return (delivery) -> new BlockingCall(blocking, delivery, executor);
	}

}
