package dev.reactiveazure.eventgrid.template;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/**
 * Reads {@link EventType} and {@link EventSubject} of each class once.
 */
final class AnnotatedEventTypes implements EventTypeMapping {

	private final ClassValue<Described> classes = new ClassValue<>() {

		@Override
		protected Described computeValue(Class<?> payloadClass) {
			return describe(payloadClass);
		}

	};

	@Override
	public String typeOf(Class<?> payloadClass) {
		return this.classes.get(payloadClass).type();
	}

	@Override
	public @Nullable URI sourceOf(Class<?> payloadClass) {
		return this.classes.get(payloadClass).source();
	}

	@Override
	public @Nullable String subjectOf(Object payload) {
		Function<Object, @Nullable Object> subject = this.classes.get(payload.getClass()).subject();
		Object value = (subject != null) ? subject.apply(payload) : null;
		return (value == null || value.toString().isEmpty()) ? null : value.toString();
	}

	private static Described describe(Class<?> payloadClass) {
		EventType annotation = AnnotatedElementUtils.findMergedAnnotation(payloadClass, EventType.class);
		Function<Object, @Nullable Object> subject = subject(payloadClass);
		if (annotation == null) {
			return new Described(payloadClass.getName().replace('$', '.'), null, subject);
		}
		Assert.hasText(annotation.value(), () -> "@EventType on " + payloadClass.getName() + " is blank");
		URI source = annotation.source().isEmpty() ? null : URI.create(annotation.source());
		return new Described(annotation.value(), source, subject);
	}

	private static @Nullable Function<Object, @Nullable Object> subject(Class<?> payloadClass) {
		List<Function<Object, @Nullable Object>> readers = new ArrayList<>();
		for (Method method : MethodIntrospector.selectMethods(payloadClass,
				(ReflectionUtils.MethodFilter) AnnotatedEventTypes::isSubject)) {
			Assert.isTrue(method.getParameterCount() == 0 && !Modifier.isStatic(method.getModifiers()),
					() -> "@EventSubject on " + method + " needs a method of the object without parameters");
			readers.add(reader(method, (payload) -> ReflectionUtils.invokeMethod(method, payload)));
		}
		// The component of a record has its accessor annotated too.
		if (readers.isEmpty()) {
			ReflectionUtils.doWithFields(payloadClass,
					(field) -> readers.add(reader(field, (payload) -> ReflectionUtils.getField(field, payload))),
					AnnotatedEventTypes::isSubject);
		}
		Assert.isTrue(readers.size() <= 1,
				() -> payloadClass.getName() + " has more than one @EventSubject, but an event has one subject");
		return readers.isEmpty() ? null : readers.get(0);
	}

	private static boolean isSubject(Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, EventSubject.class);
	}

	private static boolean isSubject(Field field) {
		return field.isAnnotationPresent(EventSubject.class);
	}

	private static Function<Object, @Nullable Object> reader(AccessibleObject member,
			Function<Object, @Nullable Object> read) {
		member.setAccessible(true);
		return read;
	}

	/**
	 * What the annotations of a class say.
	 */
	private record Described(String type, @Nullable URI source, @Nullable Function<Object, @Nullable Object> subject) {
	}

}
