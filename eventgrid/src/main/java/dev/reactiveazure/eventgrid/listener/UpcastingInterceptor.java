package dev.reactiveazure.eventgrid.listener;

import java.util.List;

import io.cloudevents.CloudEvent;
import reactor.core.publisher.Mono;

/**
 * Applies upcasters, one after the other.
 *
 * @param upcasters the upcasters
 */
record UpcastingInterceptor(List<EventUpcaster> upcasters) implements EventInterceptor {

	@Override
	public Mono<Delivery> before(Delivery delivery) {
		CloudEvent event = delivery.event();
		for (EventUpcaster upcaster : this.upcasters) {
			if (upcaster.supports(event.getType(), event.getDataSchema())) {
				event = upcaster.upcast(event);
			}
		}
		return Mono.just((event != delivery.event()) ? delivery.withEvent(event) : delivery);
	}

}
