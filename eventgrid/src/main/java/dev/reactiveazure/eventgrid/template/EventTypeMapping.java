package dev.reactiveazure.eventgrid.template;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * Which CloudEvents {@code type}, {@code source} and {@code subject} an object's event
 * has. Called for each event: cheap, thread-safe.
 */
@FunctionalInterface
public interface EventTypeMapping {

	/**
	 * Return the type of a class's events.
	 * @param payloadClass the class of what is published
	 * @return the type, not blank
	 */
	String typeOf(Class<?> payloadClass);

	/**
	 * Return the source of a class's events.
	 * @param payloadClass the class of what is published
	 * @return the source, not empty; {@code null}, the default, for that of the
	 * application
	 */
	default @Nullable URI sourceOf(Class<?> payloadClass) {
		return null;
	}

	/**
	 * Return what an object's event is about, within its source.
	 * @param payload what is published
	 * @return the subject, not empty; {@code null}, the default, for none
	 */
	default @Nullable String subjectOf(Object payload) {
		return null;
	}

	/**
	 * Return the default: type and source as {@link EventType} on the class says, or else
	 * its qualified name, with dots before the names of nested classes, and the
	 * application's source; the subject as its {@link EventSubject} says, or else none.
	 * @return a mapping that keeps what it found
	 */
	static EventTypeMapping annotatedOrQualifiedName() {
		return new AnnotatedEventTypes();
	}

}
