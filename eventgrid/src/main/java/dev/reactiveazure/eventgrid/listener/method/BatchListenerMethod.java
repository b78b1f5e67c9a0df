package dev.reactiveazure.eventgrid.listener.method;

import java.util.List;

import dev.reactiveazure.eventgrid.listener.Delivery;
import dev.reactiveazure.eventgrid.listener.Disposition;
import dev.reactiveazure.eventgrid.listener.EventHandler;
import reactor.core.publisher.Mono;

import org.springframework.messaging.converter.MessageConversionException;

/**
 * A method of a bean that handles several events with each call.
 *
 * @param method the method
 * @param element gives the element of its list for each event
 * @param canSettle whether the method can settle the events
 */
record BatchListenerMethod(BeanMethod method, EventArgument element,
		boolean canSettle) implements EventHandler.Batch<Object> {

	@Override
	public boolean blocks() {
		return this.method.blocks();
	}

	@Override
	public Object prepare(Delivery delivery) {
		Object prepared = this.element.resolve(delivery);
		if (prepared == null) {
			throw new MessageConversionException("Event '" + delivery.event().getId() + "' of type '"
					+ delivery.event().getType() + "' has no data for the list of the batch");
		}
		return prepared;
	}

	@Override
	public Mono<List<Disposition>> handle(List<Object> events) throws Exception {
		return this.method.result().decisions(this.method.call(events));
	}

}
