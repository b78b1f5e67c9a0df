package dev.reactiveazure.tables.mapping;

import java.lang.invoke.MethodHandle;

import org.jspecify.annotations.Nullable;

/**
 * Calls the members of mapped classes, and lets their unchecked exceptions pass.
 */
final class Invoke {

	private Invoke() {
	}

	static @Nullable Object get(MethodHandle getter, Object entity) {
		try {
			return getter.invokeExact(entity);
		}
		catch (Throwable ex) {
			throw unchecked(ex);
		}
	}

	/**
	 * Set a property.
	 * @return the entity, or the one that takes its place
	 */
	static Object set(MethodHandle setter, Object entity, @Nullable Object value) {
		try {
			return setter.invokeExact(entity, value);
		}
		catch (Throwable ex) {
			throw unchecked(ex);
		}
	}

	static Object create(MethodHandle constructor, @Nullable Object[] arguments) {
		try {
			return constructor.invokeExact(arguments);
		}
		catch (Throwable ex) {
			throw unchecked(ex);
		}
	}

	private static RuntimeException unchecked(Throwable ex) {
		if (ex instanceof Error error) {
			throw error;
		}
		return (ex instanceof RuntimeException runtime) ? runtime : new IllegalStateException(ex);
	}

}
