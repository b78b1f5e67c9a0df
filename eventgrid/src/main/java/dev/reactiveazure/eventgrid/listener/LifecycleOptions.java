package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;

/**
 * How a container starts and stops. Immutable; part of {@link ContainerOptions}.
 *
 * @param shutdownTimeout how long a stop takes at most; positive, default 20 seconds.
 * Handlers get four fifths of it, settlements the rest
 * @param pauseGrace how long events that were received and wait for their handlers stay
 * locked when the container is paused or its gate shuts; then they are given back.
 * Positive, default 5 seconds
 * @param openPollOnStop what becomes of an open receive when the container stops; default
 * {@link OpenPollOnStop#CLOSE}
 * @param keepAlive whether a running container keeps the virtual machine alive; default
 * {@code true}
 */
public record LifecycleOptions(Duration shutdownTimeout, Duration pauseGrace, OpenPollOnStop openPollOnStop,
		boolean keepAlive) {

	/**
	 * Create options.
	 * @throws IllegalArgumentException if a value is out of its range, naming it
	 */
	public LifecycleOptions {
		TimerRange.require(shutdownTimeout, "lifecycle.shutdownTimeout");
		TimerRange.require(pauseGrace, "lifecycle.pauseGrace");
	}

	/**
	 * Collects options. Not thread-safe.
	 */
	public static final class Builder {

		private Duration shutdownTimeout = Duration.ofSeconds(20);

		private Duration pauseGrace = Duration.ofSeconds(5);

		private OpenPollOnStop openPollOnStop = OpenPollOnStop.CLOSE;

		private boolean keepAlive = true;

		Builder() {
		}

		Builder(LifecycleOptions options) {
			this.shutdownTimeout = options.shutdownTimeout;
			this.pauseGrace = options.pauseGrace;
			this.openPollOnStop = options.openPollOnStop;
			this.keepAlive = options.keepAlive;
		}

		public Builder shutdownTimeout(Duration shutdownTimeout) {
			this.shutdownTimeout = shutdownTimeout;
			return this;
		}

		public Builder pauseGrace(Duration pauseGrace) {
			this.pauseGrace = pauseGrace;
			return this;
		}

		public Builder openPollOnStop(OpenPollOnStop openPollOnStop) {
			this.openPollOnStop = openPollOnStop;
			return this;
		}

		public Builder keepAlive(boolean keepAlive) {
			this.keepAlive = keepAlive;
			return this;
		}

		LifecycleOptions build() {
			return new LifecycleOptions(this.shutdownTimeout, this.pauseGrace, this.openPollOnStop, this.keepAlive);
		}

	}

}
