package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;

/**
 * How a container starts and stops. Immutable; part of {@link ContainerOptions}.
 *
 * @param onStartupFailure what happens when it is started and can't receive; default
 * {@link StartupPolicy#RETRY}
 * @param shutdownTimeout how long a stop takes at most; positive, default 20 seconds.
 * Handlers get four fifths of it, settlements the rest
 * @param pauseGrace how long events that were received and wait for their handlers stay
 * locked when the container is paused or its gate shuts; then they are given back.
 * Positive, default 5 seconds
 * @param openPollOnStop what becomes of an open receive when the container stops; default
 * {@link OpenPollOnStop#CLOSE}
 * @param phase the phase of a container that is a bean of its own; those of a registry
 * start and stop in the registry's. Default {@link EventGridListenerContainer#PHASE}
 * @param keepAlive whether a running container keeps the virtual machine alive; default
 * {@code true}
 */
public record LifecycleOptions(StartupPolicy onStartupFailure, Duration shutdownTimeout, Duration pauseGrace,
		OpenPollOnStop openPollOnStop, int phase, boolean keepAlive) {

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

		private StartupPolicy onStartupFailure = StartupPolicy.RETRY;

		private Duration shutdownTimeout = Duration.ofSeconds(20);

		private Duration pauseGrace = Duration.ofSeconds(5);

		private OpenPollOnStop openPollOnStop = OpenPollOnStop.CLOSE;

		private int phase = EventGridListenerContainer.PHASE;

		private boolean keepAlive = true;

		Builder() {
		}

		Builder(LifecycleOptions options) {
			this.onStartupFailure = options.onStartupFailure;
			this.shutdownTimeout = options.shutdownTimeout;
			this.pauseGrace = options.pauseGrace;
			this.openPollOnStop = options.openPollOnStop;
			this.phase = options.phase;
			this.keepAlive = options.keepAlive;
		}

		public Builder onStartupFailure(StartupPolicy onStartupFailure) {
			this.onStartupFailure = onStartupFailure;
			return this;
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

		public Builder phase(int phase) {
			this.phase = phase;
			return this;
		}

		public Builder keepAlive(boolean keepAlive) {
			this.keepAlive = keepAlive;
			return this;
		}

		LifecycleOptions build() {
			return new LifecycleOptions(this.onStartupFailure, this.shutdownTimeout, this.pauseGrace,
					this.openPollOnStop, this.phase, this.keepAlive);
		}

	}

}
