package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.List;

/**
 * What a container does about events that could not be handled. Immutable; part of
 * {@link ContainerOptions}.
 *
 * @param releaseDelays for how long the default error handler releases an event after its
 * first, second, ... delivery, the last one for all that follow; each is taken to the
 * nearest of 0, 10, 60, 600 and 3600 seconds. Default 0, 10 s, 10 s, 1 min, 10 min, 1 h:
 * a passing fault costs no time, and ten deliveries last four hours
 */
public record FailureOptions(List<Duration> releaseDelays) {

	/**
	 * Create options.
	 * @throws IllegalArgumentException if a value is out of its range, naming it
	 */
	public FailureOptions {
		releaseDelays = List.copyOf(releaseDelays);
		new ReleaseLadder(releaseDelays);
	}

	/**
	 * Collects options. Not thread-safe.
	 */
	public static final class Builder {

		private List<Duration> releaseDelays = List.of(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(10),
				Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1));

		Builder() {
		}

		Builder(FailureOptions options) {
			this.releaseDelays = options.releaseDelays;
		}

		public Builder releaseDelays(List<Duration> releaseDelays) {
			this.releaseDelays = releaseDelays;
			return this;
		}

		FailureOptions build() {
			return new FailureOptions(this.releaseDelays);
		}

	}

}
