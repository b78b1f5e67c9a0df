package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;

/**
 * How a container settles events. Immutable; part of {@link ContainerOptions}.
 *
 * @param linger how long a settlement waits for others to share a request with; 0 to 10
 * milliseconds, default 10
 * @param batch how many settlements share a request at most; 1 to 100, default 100
 * @param ackMode who settles what was handled without an error; default
 * {@link AckMode#AUTO}
 */
public record SettlementOptions(Duration linger, int batch, AckMode ackMode) {

	private static final Duration LONGEST_LINGER = Duration.ofMillis(10);

	/**
	 * Create options.
	 * @throws IllegalArgumentException if a value is out of its range, naming it
	 */
	public SettlementOptions {
		OptionRange.require(!linger.isNegative() && linger.compareTo(LONGEST_LINGER) <= 0,
				"settlement.linger must be 0 to 10 milliseconds", linger);
		OptionRange.require(batch >= 1 && batch <= 100, "settlement.batch must be between 1 and 100", batch);
	}

	/**
	 * Collects options. Not thread-safe.
	 */
	public static final class Builder {

		private Duration linger = LONGEST_LINGER;

		private int batch = 100;

		private AckMode ackMode = AckMode.AUTO;

		Builder() {
		}

		Builder(SettlementOptions options) {
			this.linger = options.linger;
			this.batch = options.batch;
			this.ackMode = options.ackMode;
		}

		public Builder linger(Duration linger) {
			this.linger = linger;
			return this;
		}

		public Builder batch(int batch) {
			this.batch = batch;
			return this;
		}

		public Builder ackMode(AckMode ackMode) {
			this.ackMode = ackMode;
			return this;
		}

		SettlementOptions build() {
			return new SettlementOptions(this.linger, this.batch, this.ackMode);
		}

	}

}
