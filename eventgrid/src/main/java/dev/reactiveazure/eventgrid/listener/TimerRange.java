package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;

/**
 * What a timer can be set to: longer than nothing, and within what timers count in
 * nanoseconds, which is far beyond any use.
 */
final class TimerRange {

	private static final Duration LONGEST = Duration.ofDays(365);

	private TimerRange() {
	}

	static void require(Duration duration, String name) {
		if (duration.compareTo(Duration.ZERO) <= 0) {
			throw new IllegalArgumentException(name + " must be positive, but was " + duration);
		}
		if (duration.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(name + " must not be longer than 365 days, but was " + duration);
		}
	}

	static void requireNotShorter(Duration duration, String name, Duration other, String otherName) {
		if (duration.compareTo(other) < 0) {
			throw new IllegalArgumentException(
					name + " must not be shorter than " + otherName + " (" + other + "), but was " + duration);
		}
	}

}
