package dev.reactiveazure.eventgrid.template;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.Assert;

/**
 * Which CloudEvents {@code type} an object's event has.
 */
@FunctionalInterface
public interface EventTypeMapping {

	/**
	 * Return the type of a class's events. Called for each event: cheap, thread-safe.
	 * @param payloadClass the class of what is published
	 * @return the type, not blank
	 */
	String typeOf(Class<?> payloadClass);

	/**
	 * Return the default: the value of {@link EventType} on the class, or else its
	 * qualified name, with dots before the names of nested classes.
	 * @return a mapping that keeps what it found
	 */
	static EventTypeMapping annotatedOrQualifiedName() {
		ClassValue<String> types = new ClassValue<>() {

			@Override
			protected String computeValue(Class<?> payloadClass) {
				EventType annotation = AnnotatedElementUtils.findMergedAnnotation(payloadClass, EventType.class);
				if (annotation == null) {
					return payloadClass.getName().replace('$', '.');
				}
				Assert.hasText(annotation.value(), () -> "@EventType on " + payloadClass.getName() + " is blank");
				return annotation.value();
			}

		};
		return types::get;
	}

}
