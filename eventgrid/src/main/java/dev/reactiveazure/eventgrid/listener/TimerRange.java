package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * What a timer can be set to: longer than nothing, and within what timers count in
 * nanoseconds, which is far beyond any use.
 */
final class TimerRange {

	private static final Duration LONGEST = Duration.ofDays(365);

	private TimerRange() {
	}

	static void require(Duration duration, String name) {
		Assert.isTrue(duration.compareTo(Duration.ZERO) > 0, () -> name + " must be positive, but was " + duration);
		Assert.isTrue(duration.compareTo(LONGEST) <= 0,
				() -> name + " must not be longer than 365 days, but was " + duration);
	}

}
