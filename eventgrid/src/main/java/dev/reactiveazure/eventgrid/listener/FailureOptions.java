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
 * @param maxDeliveries how often the subscription delivers an event at most, which the
 * service does not tell; at least 1, default 10. An {@link EventRecoverer} gets events
 * from the last delivery but one
 * @param deadLettered whether the subscription has a dead-letter destination, which the
 * service does not tell; default {@code false}. Only where it has one, events that can't
 * be handled at all are rejected, unless there is an {@link EventRecoverer}; otherwise
 * that would destroy them, and they are released for an hour
 * @param maxFatalInARow after how many events in a row that can't be handled at all, are
 * not recovered and not rejected, the listener pauses; at least 0, default 10. With 0 it
 * never does
 */
public record FailureOptions(List<Duration> releaseDelays, int maxDeliveries, boolean deadLettered,
		int maxFatalInARow) {

	/**
	 * Create options.
	 * @throws IllegalArgumentException if a value is out of its range, naming it
	 */
	public FailureOptions {
		releaseDelays = List.copyOf(releaseDelays);
		new ReleaseLadder(releaseDelays);
		OptionRange.require(maxDeliveries >= 1, "failures.maxDeliveries must be at least 1", maxDeliveries);
		OptionRange.require(maxFatalInARow >= 0, "failures.maxFatalInARow must not be negative", maxFatalInARow);
	}

	/**
	 * Collects options. Not thread-safe.
	 */
	public static final class Builder {

		private List<Duration> releaseDelays = List.of(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(10),
				Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1));

		private int maxDeliveries = 10;

		private boolean deadLettered;

		private int maxFatalInARow = 10;

		Builder() {
		}

		Builder(FailureOptions options) {
			this.releaseDelays = options.releaseDelays;
			this.maxDeliveries = options.maxDeliveries;
			this.deadLettered = options.deadLettered;
			this.maxFatalInARow = options.maxFatalInARow;
		}

		public Builder releaseDelays(List<Duration> releaseDelays) {
			this.releaseDelays = releaseDelays;
			return this;
		}

		public Builder maxDeliveries(int maxDeliveries) {
			this.maxDeliveries = maxDeliveries;
			return this;
		}

		public Builder deadLettered(boolean deadLettered) {
			this.deadLettered = deadLettered;
			return this;
		}

		public Builder maxFatalInARow(int maxFatalInARow) {
			this.maxFatalInARow = maxFatalInARow;
			return this;
		}

		FailureOptions build() {
			return new FailureOptions(this.releaseDelays, this.maxDeliveries, this.deadLettered, this.maxFatalInARow);
		}

	}

}
