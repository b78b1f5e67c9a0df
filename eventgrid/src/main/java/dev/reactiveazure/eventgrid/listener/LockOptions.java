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
 * @param cancelOnLoss whether a handler whose event's lock is lost is cancelled, or its
 * thread interrupted; default {@code true}. Otherwise it goes on, in its slot of the
 * concurrency, while the event may be handled elsewhere too
 */
public record LockOptions(Duration duration, Duration maxDuration, boolean cancelOnLoss) {

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

		private boolean cancelOnLoss = true;

		Builder() {
		}

		Builder(LockOptions options) {
			this.duration = options.duration;
			this.maxDuration = options.maxDuration;
			this.cancelOnLoss = options.cancelOnLoss;
		}

		public Builder duration(Duration duration) {
			this.duration = duration;
			return this;
		}

		public Builder maxDuration(Duration maxDuration) {
			this.maxDuration = maxDuration;
			return this;
		}

		public Builder cancelOnLoss(boolean cancelOnLoss) {
			this.cancelOnLoss = cancelOnLoss;
			return this;
		}

		LockOptions build() {
			return new LockOptions(this.duration, this.maxDuration, this.cancelOnLoss);
		}

	}

}
