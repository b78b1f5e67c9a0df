package dev.reactiveazure.tables.mapping;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Finds the members of mapped classes, whatever their visibility.
 */
final class Members {

	private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);

	private static final MethodType SETTER = MethodType.methodType(Object.class, Object.class, Object.class);

	private static final MethodHandle IS_NULL = constant("isNull", boolean.class, Object.class);

	private static final MethodHandle CONTENT = constant("content", Object.class, Object.class);

	private Members() {
	}

	private static MethodHandle constant(String name, Class<?> result, Class<?> argument) {
		try {
			return MethodHandles.lookup().findStatic(Members.class, name, MethodType.methodType(result, argument));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static boolean isNull(@Nullable Object value) {
		return value == null;
	}

	static @Nullable Object content(@Nullable Object value) {
		return (value instanceof Optional<?> optional) ? optional.orElse(null) : value;
	}

	/**
	 * Return what reads a property, {@code (Object) -> Object}.
	 * @return the handle; {@code null} when there is none
	 */
	static @Nullable MethodHandle getter(TablePersistentProperty property) {
		Method method = property.getGetter();
		if (method != null) {
			return typed(handle(method, (lookup) -> lookup.unreflect(method)), GETTER);
		}
		Field field = property.getField();
		return (field != null) ? typed(handle(field, (lookup) -> lookup.unreflectGetter(field)), GETTER) : null;
	}

	/**
	 * Return what writes a property, {@code (Object, Object) -> Object}, and returns the
	 * entity that has it then.
	 * @return the handle; {@code null} when there is none
	 */
	static @Nullable MethodHandle setter(TablePersistentProperty property) {
		Method method = property.getSetter();
		if (method != null) {
			return returningEntity(handle(method, (lookup) -> lookup.unreflect(method)));
		}
		Method wither = property.getWither();
		if (wither != null) {
			return typed(handle(wither, (lookup) -> lookup.unreflect(wither)), SETTER);
		}
		Field field = property.getField();
		return (field != null && !Modifier.isFinal(field.getModifiers()))
				? returningEntity(handle(field, (lookup) -> lookup.unreflectSetter(field))) : null;
	}

	private static @Nullable MethodHandle returningEntity(@Nullable MethodHandle setter) {
		if (setter == null) {
			return null;
		}
		MethodHandle untyped = setter.asType(MethodType.methodType(void.class, Object.class, Object.class));
		MethodHandle entity = MethodHandles.dropArguments(MethodHandles.identity(Object.class), 1, Object.class);
		return MethodHandles.foldArguments(entity, untyped);
	}

	/**
	 * Return what creates an object of its arguments, {@code (Object[]) -> Object}.
	 */
	static @Nullable MethodHandle creator(Constructor<?> constructor) {
		return spread(handle(constructor, (lookup) -> lookup.unreflectConstructor(constructor)));
	}

	/**
	 * Return what creates an object of its arguments, {@code (Object[]) -> Object}.
	 */
	static @Nullable MethodHandle creator(Method factory) {
		return spread(handle(factory, (lookup) -> lookup.unreflect(factory)));
	}

	private static @Nullable MethodHandle spread(@Nullable MethodHandle handle) {
		if (handle == null) {
			return null;
		}
		return handle.asType(handle.type().generic())
			.asSpreader(Object[].class, handle.type().parameterCount())
			.asType(MethodType.methodType(Object.class, Object[].class));
	}

	/**
	 * Return a getter of what another getter returns, and of {@code null} there.
	 */
	static MethodHandle chain(@Nullable MethodHandle outer, MethodHandle inner) {
		if (outer == null) {
			return inner;
		}
		MethodHandle none = MethodHandles.dropArguments(MethodHandles.constant(Object.class, null), 0, Object.class);
		return MethodHandles.filterReturnValue(outer, MethodHandles.guardWithTest(IS_NULL, none, inner));
	}

	/**
	 * Return a getter of what an {@link Optional} holds.
	 */
	static MethodHandle content(MethodHandle getter) {
		return MethodHandles.filterReturnValue(getter, CONTENT);
	}

	/**
	 * Return a getter that always returns the same.
	 */
	static MethodHandle always(Object value) {
		return MethodHandles.dropArguments(MethodHandles.constant(Object.class, value), 0, Object.class);
	}

	private static @Nullable MethodHandle typed(@Nullable MethodHandle handle, MethodType type) {
		return (handle != null) ? handle.asType(type) : null;
	}

	private static @Nullable MethodHandle handle(AccessibleObject member, Unreflection unreflection) {
		try {
			member.setAccessible(true);
			return unreflection.apply(MethodHandles.lookup());
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			return null;
		}
	}

	@FunctionalInterface
	private interface Unreflection {

		MethodHandle apply(MethodHandles.Lookup lookup) throws ReflectiveOperationException;

	}

}
