package dev.reactiveazure.emulator.eventgrid;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The one or two keys that count now. Thread-safe.
 */
final class AccessKeys {

	private volatile List<String> keys;

	AccessKeys(String first) {
		this.keys = List.of(first);
	}

	/**
	 * Replaces all keys at once.
	 * @throws IllegalArgumentException if one is blank
	 */
	void replace(String first, @Nullable String second) {
		List<String> next = Stream.concat(Stream.of(first), Stream.ofNullable(second)).toList();
		if (next.stream().anyMatch(String::isBlank)) {
			throw new IllegalArgumentException("An access key must not be blank");
		}
		this.keys = next;
	}

	String first() {
		return this.keys.get(0);
	}

	boolean anyMatch(Predicate<String> condition) {
		return this.keys.stream().anyMatch(condition);
	}

}
