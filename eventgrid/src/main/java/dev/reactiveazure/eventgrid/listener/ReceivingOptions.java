package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;

/**
 * How a container receives. Immutable; part of {@link ContainerOptions}.
 *
 * @param maxEvents how many events a receive asks for at most; 1 to 100, default 100
 * @param maxPolls how many receives are open at a time at most, under backlog; with an
 * empty subscription it is one. At least 1, default 4
 * @param maxWait how long the service holds a receive open while it has no event; 10 to
 * 120 whole seconds, default 60 seconds
 * @param pollAhead whether the permits of events whose settlement is on its way are used
 * for the next receive already; default {@code false}. It saves a round trip for each
 * event, up to half of its time, where the service is far away and {@code maxInFlight}
 * limits the rate. The price: the next receive may overtake the settlement, so that for a
 * moment the service holds more locks than {@code maxInFlight}, at most twice as many
 * @param onAuthFailure what to do when a receive is refused for want of authentication or
 * permission; default {@link OnAuthFailure#RETRY}
 * @param minBackoff the longest wait after the first failed receive; it doubles with each
 * further one, and each wait is drawn evenly from 0 up to it. Positive, default 1 second
 * @param maxBackoff what the wait after a failed receive doubles up to; default 30
 * seconds. A longer {@code Retry-After} of the service is honoured
 */
public record ReceivingOptions(int maxEvents, int maxPolls, Duration maxWait, boolean pollAhead,
		OnAuthFailure onAuthFailure, Duration minBackoff, Duration maxBackoff) {

	private static final Duration SHORTEST_WAIT = Duration.ofSeconds(10);

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(120);

	/**
	 * Create options.
	 * @throws IllegalArgumentException if a value is out of its range, naming it
	 */
	public ReceivingOptions {
		OptionRange.require(maxEvents >= 1 && maxEvents <= 100, "receiving.maxEvents must be between 1 and 100",
				maxEvents);
		OptionRange.require(maxPolls >= 1, "receiving.maxPolls must be at least 1", maxPolls);
		OptionRange.require(
				maxWait.compareTo(SHORTEST_WAIT) >= 0 && maxWait.compareTo(LONGEST_WAIT) <= 0 && maxWait.getNano() == 0,
				"receiving.maxWait must be 10 to 120 whole seconds", maxWait);
		TimerRange.require(minBackoff, "receiving.minBackoff");
		TimerRange.require(maxBackoff, "receiving.maxBackoff");
		TimerRange.requireNotShorter(maxBackoff, "receiving.maxBackoff", minBackoff, "minBackoff");
	}

	/**
	 * Collects options. Not thread-safe.
	 */
	public static final class Builder {

		private int maxEvents = 100;

		private int maxPolls = 4;

		private Duration maxWait = Duration.ofSeconds(60);

		private boolean pollAhead;

		private OnAuthFailure onAuthFailure = OnAuthFailure.RETRY;

		private Duration minBackoff = Duration.ofSeconds(1);

		private Duration maxBackoff = Duration.ofSeconds(30);

		Builder() {
		}

		Builder(ReceivingOptions options) {
			this.maxEvents = options.maxEvents;
			this.maxPolls = options.maxPolls;
			this.maxWait = options.maxWait;
			this.pollAhead = options.pollAhead;
			this.onAuthFailure = options.onAuthFailure;
			this.minBackoff = options.minBackoff;
			this.maxBackoff = options.maxBackoff;
		}

		public Builder maxEvents(int maxEvents) {
			this.maxEvents = maxEvents;
			return this;
		}

		public Builder maxPolls(int maxPolls) {
			this.maxPolls = maxPolls;
			return this;
		}

		public Builder maxWait(Duration maxWait) {
			this.maxWait = maxWait;
			return this;
		}

		public Builder pollAhead(boolean pollAhead) {
			this.pollAhead = pollAhead;
			return this;
		}

		public Builder onAuthFailure(OnAuthFailure onAuthFailure) {
			this.onAuthFailure = onAuthFailure;
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

		ReceivingOptions build() {
			return new ReceivingOptions(this.maxEvents, this.maxPolls, this.maxWait, this.pollAhead, this.onAuthFailure,
					this.minBackoff, this.maxBackoff);
		}

	}

}
