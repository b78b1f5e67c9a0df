package dev.reactiveazure.eventgrid.listener;

import java.util.function.Predicate;

import io.cloudevents.CloudEvent;
import reactor.core.publisher.Mono;

/**
 * Looks at each event before and after it is handled. Beans of this type apply to all
 * listeners, in their order.
 * <p>
 * Where a handler of the container may block, these methods may too: they are called on
 * threads that may be blocked, and interrupted when the event's lock is lost or the time
 * for stopping is over. The {@code Mono}s that they return must not block.
 */
public interface EventInterceptor {

	/**
	 * Look at an event that is about to be handled, and let it on.
	 * @param delivery the event
	 * @return the event to handle, by default the same:
	 * {@link Delivery#withEvent(CloudEvent)} gives another one. Empty skips the event: it
	 * is acknowledged. An error fails it, as one of the handler would
	 */
	default Mono<Delivery> before(Delivery delivery) {
		return Mono.just(delivery);
	}

	/**
	 * Look at an event whose {@link #before} let it on: when it has been handled, and
	 * before it is settled. Not called where the handling was cancelled, as by a lost
	 * lock.
	 * @param delivery the event that {@code before} gave
	 * @param outcome how it went
	 * @return completes to let the container go on. An error fails an event that was
	 * handled; of one that failed it is added to its error
	 */
	default Mono<Void> after(Delivery delivery, HandlingOutcome outcome) {
		return Mono.empty();
	}

	/**
	 * Return an interceptor that lets on what a condition is true for, and skips the
	 * rest: it is acknowledged.
	 * @param condition looks at an event
	 * @return the interceptor
	 */
	static EventInterceptor filter(Predicate<? super CloudEvent> condition) {
		return new EventInterceptor() {

			@Override
			public Mono<Delivery> before(Delivery delivery) {
				return condition.test(delivery.event()) ? Mono.just(delivery) : Mono.empty();
			}

		};
	}

}
