package dev.reactiveazure.emulator.eventgrid;

import java.time.Duration;
import java.util.Set;

import dev.reactiveazure.emulator.http.Query;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of the namespace's operations with their ranges and defaults. A
 * value out of range is refused, never clamped.
 */
final class NamespaceQuery {

	private static final Set<String> VERSIONS = Set.of("2024-06-01", "2023-11-01", "2023-10-01-preview",
			"2023-06-01-preview");

	private static final Set<String> RELEASE_DELAYS = Set.of("0", "10", "60", "600", "3600");

	private final Query query;

	NamespaceQuery(Query query) {
		this.query = query;
	}

	void requireVersion() {
		String version = this.query.get("api-version");
		if (version == null || version.isEmpty()) {
			throw Problem.badRequest("The query parameter `api-version` is required");
		}
		if (!VERSIONS.contains(version)) {
			throw Problem.badRequest("The api-version '" + version + "' is not supported. Use 2024-06-01.");
		}
	}

	int maxEvents() {
		return number("maxEvents", 1, 100, 1);
	}

	Duration maxWaitTime() {
		return Duration.ofSeconds(number("maxWaitTime", 10, 120, 60));
	}

	Duration releaseDelay() {
		String delay = this.query.get("releaseDelayInSeconds");
		if (delay == null) {
			return Duration.ZERO;
		}
		if (!RELEASE_DELAYS.contains(delay)) {
			throw Problem.badRequest("`releaseDelayInSeconds` must be 0, 10, 60, 600 or 3600, not '" + delay + "'");
		}
		return Duration.ofSeconds(Long.parseLong(delay));
	}

	private int number(String name, int least, int most, int absent) {
		String text = this.query.get(name);
		if (text == null) {
			return absent;
		}
		Integer number = parse(text);
		if (number == null || number < least || number > most) {
			throw Problem
				.badRequest("`" + name + "` must be a number from " + least + " to " + most + ", not '" + text + "'");
		}
		return number;
	}

	private static @Nullable Integer parse(String text) {
		try {
			return Integer.valueOf(text);
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
