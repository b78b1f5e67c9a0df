package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;

/**
 * What a container knows of the locks of its events, and how long it keeps them.
 * Immutable; part of {@link ContainerOptions}.
 *
 * @param duration the lock duration of the subscription, which the service does not tell:
 * 60 to 300 seconds there, default 60 seconds. Positive
 * @param maxDuration how long the lock of one event is kept alive, from its receipt;
 * default one hour, the most the service allows. Then its handler is cancelled
 */
public record LockOptions(Duration duration, Duration maxDuration) {

	/**
	 * Create options.
	 * @throws IllegalArgumentException if a value is out of its range, naming it
	 */
	public LockOptions {
		TimerRange.require(duration, "locks.duration");
		TimerRange.require(maxDuration, "locks.maxDuration");
	}

	/**
	 * Collects options. Not thread-safe.
	 */
	public static final class Builder {

		private Duration duration = Duration.ofSeconds(60);

		private Duration maxDuration = Duration.ofHours(1);

		Builder() {
		}

		Builder(LockOptions options) {
			this.duration = options.duration;
			this.maxDuration = options.maxDuration;
		}

		public Builder duration(Duration duration) {
			this.duration = duration;
			return this;
		}

		public Builder maxDuration(Duration maxDuration) {
			this.maxDuration = maxDuration;
			return this;
		}

		LockOptions build() {
			return new LockOptions(this.duration, this.maxDuration);
		}

	}

}
