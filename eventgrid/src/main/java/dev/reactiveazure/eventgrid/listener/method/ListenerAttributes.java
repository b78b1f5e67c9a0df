package dev.reactiveazure.eventgrid.listener.method;

import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import dev.reactiveazure.eventgrid.template.EventGridDestinations;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * What an annotation says: the attributes that are given, resolved. Each getter throws an
 * {@link IllegalArgumentException} that names an attribute whose value it can't take.
 */
final class ListenerAttributes {

	/** What says which handler it is rather than how its container works. */
	private static final Set<String> OF_THE_METHOD = Set.of("topic", "subscription", "timeout");

	private final Map<String, String> values;

	private ListenerAttributes(Map<String, String> values) {
		this.values = values;
	}

	static ListenerAttributes of(Annotation annotation, UnaryOperator<String> resolver) {
		Map<String, String> values = new LinkedHashMap<>();
		AnnotationUtils.getAnnotationAttributes(annotation).forEach((name, value) -> {
			String resolved = (value instanceof String text) ? resolver.apply(text) : "";
			if (!resolved.isEmpty()) {
				values.put(name, resolved);
			}
		});
		return new ListenerAttributes(values);
	}

	/**
	 * Return these attributes with the topic and connection of a logical destination, if
	 * the topic is the name of one and no connection is given.
	 */
	ListenerAttributes at(EventGridDestinations destinations) {
		EventGridDestinations.Destination found = text("connection").isEmpty() ? destinations.find(text("topic"))
				: null;
		if (found == null) {
			return this;
		}
		Map<String, String> located = new LinkedHashMap<>(this.values);
		located.put("connection", found.connection());
		located.put("topic", found.topic());
		if (found.subscription() != null) {
			located.putIfAbsent("subscription", found.subscription());
		}
		return new ListenerAttributes(located);
	}

	/**
	 * Return what both say together.
	 * @throws IllegalArgumentException if they contradict each other, naming the
	 * attribute
	 */
	ListenerAttributes and(ListenerAttributes other) {
		Map<String, String> merged = new LinkedHashMap<>(this.values);
		other.values.forEach((name, value) -> {
			String mine = merged.putIfAbsent(name, value);
			if (mine != null && !mine.equals(value) && !OF_THE_METHOD.contains(name)) {
				throw new IllegalArgumentException("its attribute " + name + " is '" + value + "', but '" + mine
						+ "' at another method of the same subscription; they share one container");
			}
		});
		return new ListenerAttributes(merged);
	}

	String text(String name) {
		return this.values.getOrDefault(name, "");
	}

	String text(String name, String defaultValue) {
		return this.values.getOrDefault(name, defaultValue);
	}

	@Nullable Integer number(String name) {
		String value = this.values.get(name);
		if (value == null) {
			return null;
		}
		try {
			return Integer.valueOf(value);
		}
		catch (NumberFormatException ex) {
			throw unusable(name, "a whole number", value, ex);
		}
	}

	@Nullable Duration duration(String name) {
		String value = this.values.get(name);
		if (value == null) {
			return null;
		}
		try {
			return DurationFormatterUtils.detectAndParse(value);
		}
		catch (IllegalArgumentException ex) {
			throw unusable(name, "a duration such as 30s", value, ex);
		}
	}

	boolean bool(String name, boolean defaultValue) {
		String value = text(name, String.valueOf(defaultValue));
		boolean isTrue = value.equalsIgnoreCase("true");
		if (!isTrue && !value.equalsIgnoreCase("false")) {
			throw unusable(name, "true or false", value, null);
		}
		return isTrue;
	}

	<E extends Enum<E>> @Nullable E oneOf(String name, Class<E> type) {
		String value = this.values.get(name);
		if (value == null) {
			return null;
		}
		StringBuilder known = new StringBuilder();
		for (E constant : type.getEnumConstants()) {
			if (constant.name().equalsIgnoreCase(value)) {
				return constant;
			}
			known.append(known.isEmpty() ? "" : ", ").append(constant.name().toLowerCase(Locale.ROOT));
		}
		throw unusable(name, "one of " + known, value, null);
	}

	private static IllegalArgumentException unusable(String name, String wanted, String value,
			@Nullable Exception cause) {
		return new IllegalArgumentException("its attribute " + name + " must be " + wanted + ", but is '" + value + "'",
				cause);
	}

}
