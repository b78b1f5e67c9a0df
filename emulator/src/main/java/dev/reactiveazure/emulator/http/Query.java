package dev.reactiveazure.emulator.http;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a request, found without regard to the case of their names.
 */
public final class Query {

	private final List<Parameter> parameters;

	private Query(List<Parameter> parameters) {
		this.parameters = List.copyOf(parameters);
	}

	/**
	 * Splits a raw query and decodes its percent escapes; a plus sign stays a plus sign.
	 * @param rawQuery the text after the question mark as sent, or null
	 * @return the parameters in their order
	 */
	public static Query parse(@Nullable String rawQuery) {
		List<Parameter> parameters = new ArrayList<>();
		if (rawQuery != null) {
			for (String pair : rawQuery.split("&", -1)) {
				if (!pair.isEmpty()) {
					parameters.add(parameter(pair));
				}
			}
		}
		return new Query(parameters);
	}

	private static Parameter parameter(String pair) {
		int equals = pair.indexOf('=');
		String name = (equals < 0) ? pair : pair.substring(0, equals);
		String rawValue = (equals < 0) ? "" : pair.substring(equals + 1);
		return new Parameter(Percent.decode(name), Percent.decode(rawValue), rawValue);
	}

	/**
	 * The first decoded value of a parameter.
	 * @param name the name in any case
	 * @return the value, or null if the parameter is absent
	 */
	public @Nullable String get(String name) {
		Parameter parameter = find(name);
		return (parameter != null) ? parameter.value() : null;
	}

	/**
	 * The first value of a parameter as it was sent.
	 * @param name the name in any case
	 * @return the raw value, or null if the parameter is absent
	 */
	public @Nullable String getRaw(String name) {
		Parameter parameter = find(name);
		return (parameter != null) ? parameter.rawValue() : null;
	}

	/**
	 * Whether the parameter was sent, even without a value.
	 * @param name the name in any case
	 * @return true if it is there
	 */
	public boolean has(String name) {
		return find(name) != null;
	}

	/**
	 * All parameters in their order.
	 * @return an unmodifiable list
	 */
	public List<Parameter> parameters() {
		return this.parameters;
	}

	private @Nullable Parameter find(String name) {
		for (Parameter parameter : this.parameters) {
			if (parameter.name().equalsIgnoreCase(name)) {
				return parameter;
			}
		}
		return null;
	}

	/**
	 * One query parameter.
	 *
	 * @param name the decoded name
	 * @param value the decoded value
	 * @param rawValue the value as sent
	 */
	public record Parameter(String name, String value, String rawValue) {

	}

}
