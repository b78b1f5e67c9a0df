package dev.reactiveazure.eventgrid.listener.method;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

import dev.reactiveazure.eventgrid.listener.Delivery;
import dev.reactiveazure.eventgrid.listener.Disposition;
import dev.reactiveazure.eventgrid.listener.EventHandler;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.CoroutinesUtils;

/**
 * A method of a bean that handles events.
 *
 * @param bean the bean, or its proxy
 * @param method a method that the bean's class has
 * @param arguments one for each parameter, but for the continuation of a suspending
 * function
 * @param result what the method returns
 * @param replies publishes that; {@code null} where nobody does
 * @param canSettle whether the method can settle the event
 */
record ListenerMethod(Object bean, Method method, List<EventArgument> arguments, MethodResult result,
		@Nullable Replies replies, boolean canSettle) implements EventHandler.Deciding {

	@Override
	public boolean blocks() {
		return this.result.kind() == MethodResult.Kind.BLOCKING;
	}

	@Override
	public Mono<Disposition> handle(Delivery delivery) throws Exception {
		@Nullable Object[] values = new @Nullable Object[this.arguments.size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = this.arguments.get(i).resolve(delivery);
		}
		Object returned = call(values);
		if (returned == null && !blocks()) {
			throw new IllegalStateException(this.method + " returned null");
		}
		return (this.replies != null) ? this.replies.publish(delivery, this.result.values(returned))
				: this.result.decision(returned);
	}

	private @Nullable Object call(@Nullable Object[] values) throws Exception {
		if (this.result.kind() == MethodResult.Kind.SUSPENDING) {
			return CoroutinesUtils.invokeSuspendingFunction(this.method, this.bean, values);
		}
		try {
			return this.method.invoke(this.bean, values);
		}
		catch (InvocationTargetException ex) {
			if (ex.getTargetException() instanceof Exception failure) {
				throw failure;
			}
			if (ex.getTargetException() instanceof Error error) {
				throw error;
			}
			throw ex;
		}
	}

}
