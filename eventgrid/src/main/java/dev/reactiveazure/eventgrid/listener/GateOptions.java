package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;

/**
 * When a container stops receiving because what its handlers need seems to be out of
 * order, so that an outage does not use up the deliveries of events that wait. Immutable;
 * part of {@link ContainerOptions}.
 *
 * @param failures after how many transient failures of handlers, without a success in
 * between, nothing more is received; 0 for never. Not negative, default 20
 * @param minBackoff how long to wait at first before one event is let through to see
 * whether it can be handled again; doubles with each event that can't, and each wait is
 * drawn evenly from 0 up to it. Positive, default 1 second
 * @param maxBackoff what that wait doubles up to, and thus how long receiving takes at
 * most to go on after the outage; default 20 seconds
 */
public record GateOptions(int failures, Duration minBackoff, Duration maxBackoff) {

	/**
	 * Create options.
	 * @throws IllegalArgumentException if a value is out of its range, naming it
	 */
	public GateOptions {
		OptionRange.require(failures >= 0, "gate.failures must not be negative", failures);
		TimerRange.require(minBackoff, "gate.minBackoff");
		TimerRange.require(maxBackoff, "gate.maxBackoff");
		TimerRange.requireNotShorter(maxBackoff, "gate.maxBackoff", minBackoff, "minBackoff");
	}

	/**
	 * Collects options. Not thread-safe.
	 */
	public static final class Builder {

		private int failures = 20;

		private Duration minBackoff = Duration.ofSeconds(1);

		private Duration maxBackoff = Duration.ofSeconds(20);

		Builder() {
		}

		Builder(GateOptions options) {
			this.failures = options.failures;
			this.minBackoff = options.minBackoff;
			this.maxBackoff = options.maxBackoff;
		}

		public Builder failures(int failures) {
			this.failures = failures;
			return this;
		}

		public Builder minBackoff(Duration minBackoff) {
			this.minBackoff = minBackoff;
			return this;
		}

		public Builder maxBackoff(Duration maxBackoff) {
			this.maxBackoff = maxBackoff;
			return this;
		}

		GateOptions build() {
			return new GateOptions(this.failures, this.minBackoff, this.maxBackoff);
		}

	}

}
