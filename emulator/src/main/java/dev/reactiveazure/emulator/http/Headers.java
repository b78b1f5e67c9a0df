package dev.reactiveazure.emulator.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * HTTP header fields in their order, found without regard to case. Immutable.
 */
public final class Headers {

	/** No header field at all. */
	public static final Headers NONE = new Headers(List.of());

	private final List<Entry> entries;

	private Headers(List<Entry> entries) {
		this.entries = entries;
	}

	/**
	 * Creates headers from a list of fields.
	 * @param entries the fields
	 * @return the headers
	 */
	public static Headers of(List<Entry> entries) {
		return new Headers(List.copyOf(entries));
	}

	/**
	 * Adds a field at the end, also if one of that name exists.
	 * @param name the name
	 * @param value the value
	 * @return new headers
	 */
	public Headers with(String name, String value) {
		List<Entry> copy = new ArrayList<>(this.entries);
		copy.add(new Entry(name, value));
		return of(copy);
	}

	/**
	 * The first value of a field.
	 * @param name the name in any case
	 * @return the value, or null if there is none
	 */
	public @Nullable String first(String name) {
		for (Entry entry : this.entries) {
			if (entry.name().equalsIgnoreCase(name)) {
				return entry.value();
			}
		}
		return null;
	}

	/**
	 * All values of a field in their order.
	 * @param name the name in any case
	 * @return the values, empty if there is none
	 */
	public List<String> all(String name) {
		return this.entries.stream().filter((entry) -> entry.name().equalsIgnoreCase(name)).map(Entry::value).toList();
	}

	/**
	 * The names as sent, each spelling once.
	 * @return the names
	 */
	public Set<String> names() {
		Set<String> names = new LinkedHashSet<>();
		this.entries.forEach((entry) -> names.add(entry.name()));
		return names;
	}

	/**
	 * The fields in their order.
	 * @return an unmodifiable list
	 */
	public List<Entry> entries() {
		return this.entries;
	}

	/**
	 * The names only: values may hold credentials.
	 */
	@Override
	public String toString() {
		return names().toString();
	}

	/**
	 * One header field.
	 *
	 * @param name the name as sent
	 * @param value the value
	 */
	public record Entry(String name, String value) {

	}

}
