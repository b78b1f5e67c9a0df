package dev.reactiveazure.eventgrid.listener.method;

import java.util.List;

import dev.reactiveazure.eventgrid.listener.Delivery;
import dev.reactiveazure.eventgrid.listener.Disposition;
import dev.reactiveazure.eventgrid.listener.EventHandler;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A method of a bean that handles one event with each call.
 *
 * @param method the method
 * @param arguments one for each parameter, but for the continuation of a suspending
 * function
 * @param replies publishes what the method returns; {@code null} where nobody does
 * @param canSettle whether the method can settle the event
 */
record ListenerMethod(BeanMethod method, List<EventArgument> arguments, @Nullable Replies replies,
		boolean canSettle) implements EventHandler.Deciding {

	@Override
	public boolean blocks() {
		return this.method.blocks();
	}

	@Override
	public Mono<Disposition> handle(Delivery delivery) throws Exception {
		@Nullable Object[] values = new @Nullable Object[this.arguments.size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = this.arguments.get(i).resolve(delivery);
		}
		Object returned = this.method.call(values);
		MethodResult result = this.method.result();
		return (this.replies != null) ? this.replies.publish(delivery, result.values(returned))
				: result.decision(returned);
	}

}
