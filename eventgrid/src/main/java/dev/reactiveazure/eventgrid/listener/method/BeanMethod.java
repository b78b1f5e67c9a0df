package dev.reactiveazure.eventgrid.listener.method;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.core.CoroutinesUtils;

/**
 * A method of a bean, to be called with events.
 *
 * @param bean the bean, or its proxy
 * @param method a method that the bean's class has
 * @param result what the method returns
 */
record BeanMethod(Object bean, Method method, MethodResult result) {

	/**
	 * Return whether the method may block the thread that calls it.
	 */
	boolean blocks() {
		return this.result.kind() == MethodResult.Kind.BLOCKING;
	}

	/**
	 * Call the method.
	 * @param values one for each parameter, but for the continuation of a suspending
	 * function
	 * @return what it returned; never {@code null} unless it {@link #blocks()}
	 * @throws Exception what the method threw
	 */
	@Nullable Object call(@Nullable Object... values) throws Exception {
		if (this.result.kind() == MethodResult.Kind.SUSPENDING) {
			return CoroutinesUtils.invokeSuspendingFunction(this.method, this.bean, values);
		}
		Object returned = invoke(values);
		if (returned == null && !blocks()) {
			throw new IllegalStateException(this.method + " returned null");
		}
		return returned;
	}

	private @Nullable Object invoke(@Nullable Object[] values) throws Exception {
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
