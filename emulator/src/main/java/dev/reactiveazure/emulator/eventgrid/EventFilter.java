package dev.reactiveazure.emulator.eventgrid;

import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * One condition on one attribute of an event; several values are alternatives.
 *
 * @param key the name of a context attribute or extension, or {@code data.} and a dotted
 * path into JSON data. {@code eventtype} and {@code eventid} mean {@code type} and
 * {@code id}
 * @param operator how to compare
 * @param values what to compare with, of the operator's type: strings of at most 512
 * characters, numbers, booleans, or lists of two numbers for ranges
 */
public record EventFilter(String key, FilterOperator operator, List<?> values) {

	private static final int MAX_TEXT = 512;

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if a value does not fit the operator or is too
	 * long, or the key is blank
	 */
	public EventFilter {
		values = List.copyOf(values);
		if (key.isBlank()) {
			throw new IllegalArgumentException("The key of an event filter must not be blank");
		}
		if (!operator.accepts(values)) {
			throw new IllegalArgumentException(
					"The event filter on '" + key + "' has values that " + operator + " can't compare with: " + values);
		}
		if (values.stream().anyMatch((value) -> value instanceof String text && text.length() > MAX_TEXT)) {
			throw new IllegalArgumentException(
					"The event filter on '" + key + "' has a value longer than " + MAX_TEXT + " characters");
		}
	}

	/**
	 * Creates a filter.
	 * @param key the attribute
	 * @param operator how to compare
	 * @param values what to compare with
	 * @return the filter
	 * @throws IllegalArgumentException as the constructor
	 */
	public static EventFilter of(String key, FilterOperator operator, Object... values) {
		return new EventFilter(key, operator, List.of(values));
	}

	boolean matches(JsonNode event) {
		return this.operator.matches(attribute(event), this.values);
	}

	private JsonNode attribute(JsonNode event) {
		return switch (this.key) {
			case "eventtype" -> event.path("type");
			case "eventid" -> event.path("id");
			default -> this.key.startsWith("data.") ? data(event) : event.path(this.key);
		};
	}

	private JsonNode data(JsonNode event) {
		JsonNode node = event;
		for (String name : this.key.split("\\.", -1)) {
			node = node.path(name);
		}
		return node;
	}

}
