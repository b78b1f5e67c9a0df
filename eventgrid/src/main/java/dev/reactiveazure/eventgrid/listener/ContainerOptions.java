package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How a listener container works. Immutable; made by {@link #defaults()} or a
 * {@link #builder()}.
 *
 * @param concurrency how many handlers run at a time at most; at least 1, default 10
 * @param configuredMaxInFlight how many events may be locked at a time, those that wait
 * for a handler or for their settlement included; at least {@code concurrency}.
 * {@code null}, the default, stands for twice the concurrency, see {@link #maxInFlight()}
 * @param maxPolls how many receives are open at a time at most, under backlog; with an
 * empty subscription it is one. At least 1, default 4
 * @param maxWait how long the service holds a receive open while it has no event; 10 to
 * 120 whole seconds, default 60 seconds
 * @param lockDuration the lock duration of the subscription, which the service does not
 * tell: 60 to 300 seconds there, default 60 seconds. Positive
 * @param maxLockDuration how long the lock of one event is kept alive, from its receipt;
 * default one hour, the most the service allows. Then its handler is cancelled
 * @param shutdownTimeout how long a stop takes at most; positive, default 20 seconds.
 * Handlers get four fifths of it, settlements the rest
 * @param settlementLinger how long a settlement waits for others to share a request with;
 * 0 to 10 milliseconds, default 10
 * @param settlementBatch how many settlements share a request at most; 1 to 100, default
 * 100
 * @param minBackoff the longest wait after the first failed receive; it doubles with each
 * further one, and each wait is drawn evenly from 0 up to it. Positive, default 1 second
 * @param maxBackoff what the wait after a failed receive doubles up to; default 30
 * seconds. A longer {@code Retry-After} of the service is honoured
 * @param releaseDelays for how long the default error handler releases an event after its
 * first, second, ... delivery, the last one for all that follow; each is taken to the
 * nearest of 0, 10, 60, 600 and 3600 seconds. Default 0, 10 s, 10 s, 1 min, 10 min, 1 h:
 * a passing fault costs no time, and ten deliveries last four hours
 * @param openPollOnStop what becomes of an open receive when the container stops; default
 * {@link OpenPollOnStop#CLOSE}
 * @param keepAlive whether a running container keeps the virtual machine alive; default
 * {@code true}
 */
public record ContainerOptions(int concurrency, @Nullable Integer configuredMaxInFlight, int maxPolls, Duration maxWait,
		Duration lockDuration, Duration maxLockDuration, Duration shutdownTimeout, Duration settlementLinger,
		int settlementBatch, Duration minBackoff, Duration maxBackoff, List<Duration> releaseDelays,
		OpenPollOnStop openPollOnStop, boolean keepAlive) {

	/** Far beyond any use, and within what timers count in nanoseconds. */
	private static final Duration LONGEST = Duration.ofDays(365);

	/**
	 * Create options.
	 * @throws IllegalArgumentException if a value is out of its range, naming it
	 */
	public ContainerOptions {
		require(concurrency >= 1, "concurrency must be at least 1, but was " + concurrency);
		require(configuredMaxInFlight == null || configuredMaxInFlight >= concurrency,
				"maxInFlight must be at least concurrency (" + concurrency + "), but was " + configuredMaxInFlight);
		require(maxPolls >= 1, "maxPolls must be at least 1, but was " + maxPolls);
		require(maxWait.toSeconds() >= 10 && maxWait.compareTo(Duration.ofSeconds(120)) <= 0 && maxWait.getNano() == 0,
				"maxWait must be 10 to 120 whole seconds, but was " + maxWait);
		requireTime(lockDuration, "lockDuration");
		requireTime(maxLockDuration, "maxLockDuration");
		requireTime(shutdownTimeout, "shutdownTimeout");
		require(!settlementLinger.isNegative() && settlementLinger.compareTo(Duration.ofMillis(10)) <= 0,
				"settlementLinger must be 0 to 10 milliseconds, but was " + settlementLinger);
		require(settlementBatch >= 1 && settlementBatch <= 100,
				"settlementBatch must be between 1 and 100, but was " + settlementBatch);
		requireTime(minBackoff, "minBackoff");
		require(maxBackoff.compareTo(minBackoff) >= 0,
				"maxBackoff must not be shorter than minBackoff (" + minBackoff + "), but was " + maxBackoff);
		requireTime(maxBackoff, "maxBackoff");
		releaseDelays = List.copyOf(releaseDelays);
		new ReleaseLadder(releaseDelays);
	}

	/**
	 * Return the defaults.
	 * @return the defaults that each component states
	 */
	public static ContainerOptions defaults() {
		return builder().build();
	}

	/**
	 * Start from the defaults.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Start from these options.
	 * @return a new builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * Return how many events may be locked at a time.
	 * @return the configured number, or twice the concurrency
	 */
	public int maxInFlight() {
		return (this.configuredMaxInFlight != null) ? this.configuredMaxInFlight
				: (int) Math.min(2L * this.concurrency, Integer.MAX_VALUE);
	}

	private static void requireTime(Duration duration, String name) {
		require(duration.compareTo(Duration.ZERO) > 0, name + " must be positive, but was " + duration);
		require(duration.compareTo(LONGEST) <= 0, name + " must not be longer than 365 days, but was " + duration);
	}

	private static void require(boolean condition, String message) {
		Assert.isTrue(condition, message);
	}

	/**
	 * Collects options; {@link #build()} checks them. Not thread-safe.
	 */
	public static final class Builder {

		private int concurrency = 10;

		private @Nullable Integer maxInFlight;

		private int maxPolls = 4;

		private Duration maxWait = Duration.ofSeconds(60);

		private Duration lockDuration = Duration.ofSeconds(60);

		private Duration maxLockDuration = Duration.ofHours(1);

		private Duration shutdownTimeout = Duration.ofSeconds(20);

		private Duration settlementLinger = Duration.ofMillis(10);

		private int settlementBatch = 100;

		private Duration minBackoff = Duration.ofSeconds(1);

		private Duration maxBackoff = Duration.ofSeconds(30);

		private List<Duration> releaseDelays = List.of(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(10),
				Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1));

		private OpenPollOnStop openPollOnStop = OpenPollOnStop.CLOSE;

		private boolean keepAlive = true;

		private Builder() {
		}

		private Builder(ContainerOptions options) {
			this.concurrency = options.concurrency;
			this.maxInFlight = options.configuredMaxInFlight;
			this.maxPolls = options.maxPolls;
			this.maxWait = options.maxWait;
			this.lockDuration = options.lockDuration;
			this.maxLockDuration = options.maxLockDuration;
			this.shutdownTimeout = options.shutdownTimeout;
			this.settlementLinger = options.settlementLinger;
			this.settlementBatch = options.settlementBatch;
			this.minBackoff = options.minBackoff;
			this.maxBackoff = options.maxBackoff;
			this.releaseDelays = options.releaseDelays;
			this.openPollOnStop = options.openPollOnStop;
			this.keepAlive = options.keepAlive;
		}

		public Builder concurrency(int concurrency) {
			this.concurrency = concurrency;
			return this;
		}

		/**
		 * Set how many events may be locked at a time.
		 * @param maxInFlight the number, {@code null} for twice the concurrency
		 * @return this builder
		 */
		public Builder maxInFlight(@Nullable Integer maxInFlight) {
			this.maxInFlight = maxInFlight;
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

		public Builder lockDuration(Duration lockDuration) {
			this.lockDuration = lockDuration;
			return this;
		}

		public Builder maxLockDuration(Duration maxLockDuration) {
			this.maxLockDuration = maxLockDuration;
			return this;
		}

		public Builder shutdownTimeout(Duration shutdownTimeout) {
			this.shutdownTimeout = shutdownTimeout;
			return this;
		}

		public Builder settlementLinger(Duration settlementLinger) {
			this.settlementLinger = settlementLinger;
			return this;
		}

		public Builder settlementBatch(int settlementBatch) {
			this.settlementBatch = settlementBatch;
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

		public Builder releaseDelays(List<Duration> releaseDelays) {
			this.releaseDelays = releaseDelays;
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

		/**
		 * Make the options.
		 * @return the options
		 * @throws IllegalArgumentException if a value is out of its range, naming it
		 */
		public ContainerOptions build() {
			return new ContainerOptions(this.concurrency, this.maxInFlight, this.maxPolls, this.maxWait,
					this.lockDuration, this.maxLockDuration, this.shutdownTimeout, this.settlementLinger,
					this.settlementBatch, this.minBackoff, this.maxBackoff, this.releaseDelays, this.openPollOnStop,
					this.keepAlive);
		}

	}

}
