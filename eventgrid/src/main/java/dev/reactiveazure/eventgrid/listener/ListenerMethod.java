package dev.reactiveazure.eventgrid.listener;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A method of a bean, with what gives its arguments.
 *
 * @param bean the bean, or its proxy
 * @param method a method that the bean's class has
 * @param arguments one for each parameter
 */
record ListenerMethod(Object bean, Method method, List<EventArgument> arguments) {

	void callBlocking(Delivery delivery) throws Exception {
		call(delivery);
	}

	@SuppressWarnings("unchecked") // the return type was checked when the method was
									// found
	Mono<Void> callReactive(Delivery delivery) {
		try {
			Mono<Void> result = (Mono<Void>) call(delivery);
			return (result != null) ? result : Mono.error(new IllegalStateException(this.method + " returned null"));
		}
		catch (Exception ex) {
			return Mono.error(ex);
		}
	}

	private @Nullable Object call(Delivery delivery) throws Exception {
		@Nullable Object[] values = new @Nullable Object[this.arguments.size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = this.arguments.get(i).resolve(delivery);
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
