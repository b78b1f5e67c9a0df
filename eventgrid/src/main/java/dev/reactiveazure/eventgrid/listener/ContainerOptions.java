package dev.reactiveazure.eventgrid.listener;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * How a listener container works. Immutable; made by {@link #defaults()} or a
 * {@link #builder()}:
 *
 * <pre class="code">
 * ContainerOptions.builder()
 *     .concurrency(32)
 *     .locks((locks) -&gt; locks.duration(Duration.ofMinutes(5)))
 *     .lifecycle((lifecycle) -&gt; lifecycle.shutdownTimeout(Duration.ofSeconds(10)))
 *     .build();
 * </pre>
 *
 * @param concurrency how many handlers run at a time at most; at least 1, default 10
 * @param configuredMaxInFlight how many events may be locked at a time, those that wait
 * for a handler or for their settlement included; at least {@code concurrency}.
 * {@code null}, the default, stands for twice the concurrency, see {@link #maxInFlight()}
 * @param receiving how it receives
 * @param settlement how it settles
 * @param locks what it knows of locks and how long it keeps them
 * @param failures what it does about events that could not be handled
 * @param gate when it spares events that can't be handled
 * @param lifecycle how it starts and stops
 */
public record ContainerOptions(int concurrency, @Nullable Integer configuredMaxInFlight, ReceivingOptions receiving,
		SettlementOptions settlement, LockOptions locks, FailureOptions failures, GateOptions gate,
		LifecycleOptions lifecycle) {

	/**
	 * Create options.
	 * @throws IllegalArgumentException if a value is out of its range, naming it
	 */
	public ContainerOptions {
		OptionRange.require(concurrency >= 1, "concurrency must be at least 1", concurrency);
		if (configuredMaxInFlight != null && configuredMaxInFlight < concurrency) {
			throw new IllegalArgumentException(
					"maxInFlight must be at least concurrency (" + concurrency + "), but was " + configuredMaxInFlight);
		}
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

	/**
	 * Collects options; {@link #build()} checks them. Not thread-safe.
	 */
	public static final class Builder {

		private int concurrency = 10;

		private @Nullable Integer maxInFlight;

		/**
		 * Whether maxInFlight comes from other options, and so gives way to a higher
		 * concurrency.
		 */
		private boolean maxInFlightInherited;

		private final ReceivingOptions.Builder receiving;

		private final SettlementOptions.Builder settlement;

		private final LockOptions.Builder locks;

		private final FailureOptions.Builder failures;

		private final GateOptions.Builder gate;

		private final LifecycleOptions.Builder lifecycle;

		private Builder() {
			this.receiving = new ReceivingOptions.Builder();
			this.settlement = new SettlementOptions.Builder();
			this.locks = new LockOptions.Builder();
			this.failures = new FailureOptions.Builder();
			this.gate = new GateOptions.Builder();
			this.lifecycle = new LifecycleOptions.Builder();
		}

		private Builder(ContainerOptions options) {
			this.concurrency = options.concurrency;
			this.maxInFlight = options.configuredMaxInFlight;
			this.maxInFlightInherited = true;
			this.receiving = new ReceivingOptions.Builder(options.receiving);
			this.settlement = new SettlementOptions.Builder(options.settlement);
			this.locks = new LockOptions.Builder(options.locks);
			this.failures = new FailureOptions.Builder(options.failures);
			this.gate = new GateOptions.Builder(options.gate);
			this.lifecycle = new LifecycleOptions.Builder(options.lifecycle);
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
			this.maxInFlightInherited = false;
			return this;
		}

		/**
		 * Set how to receive.
		 * @param receiving is called once with the options so far
		 * @return this builder
		 */
		public Builder receiving(Consumer<ReceivingOptions.Builder> receiving) {
			receiving.accept(this.receiving);
			return this;
		}

		/**
		 * Set how to settle.
		 * @param settlement is called once with the options so far
		 * @return this builder
		 */
		public Builder settlement(Consumer<SettlementOptions.Builder> settlement) {
			settlement.accept(this.settlement);
			return this;
		}

		/**
		 * Set what there is to know of locks.
		 * @param locks is called once with the options so far
		 * @return this builder
		 */
		public Builder locks(Consumer<LockOptions.Builder> locks) {
			locks.accept(this.locks);
			return this;
		}

		/**
		 * Set what to do about events that could not be handled.
		 * @param failures is called once with the options so far
		 * @return this builder
		 */
		public Builder failures(Consumer<FailureOptions.Builder> failures) {
			failures.accept(this.failures);
			return this;
		}

		/**
		 * Set when to spare events.
		 * @param gate is called once with the options so far
		 * @return this builder
		 */
		public Builder gate(Consumer<GateOptions.Builder> gate) {
			gate.accept(this.gate);
			return this;
		}

		/**
		 * Set how to start and stop.
		 * @param lifecycle is called once with the options so far
		 * @return this builder
		 */
		public Builder lifecycle(Consumer<LifecycleOptions.Builder> lifecycle) {
			lifecycle.accept(this.lifecycle);
			return this;
		}

		/**
		 * Make the options.
		 * @return the options
		 * @throws IllegalArgumentException if a value is out of its range, naming it
		 */
		public ContainerOptions build() {
			boolean tooLow = this.maxInFlight != null && this.maxInFlight < this.concurrency;
			Integer effective = (tooLow && this.maxInFlightInherited) ? null : this.maxInFlight;
			return new ContainerOptions(this.concurrency, effective, this.receiving.build(), this.settlement.build(),
					this.locks.build(), this.failures.build(), this.gate.build(), this.lifecycle.build());
		}

	}

}
