package dev.reactiveazure.tables.template;

import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Options of a bulk of writes. Immutable; {@link #builder()} makes others than the
 * {@linkplain #defaults() defaults}.
 */
public final class BulkOptions {

	private static final BulkOptions DEFAULTS = builder().build();

	private static final BulkOptions ALL_OR_ERROR = builder().failFast(true).resultsInInputOrder(true).build();

	private final boolean orderedPerPartition;

	private final boolean splitOnFailure;

	private final boolean failFast;

	private final boolean resultsInInputOrder;

	private final int concurrency;

	private final int maxOperations;

	private final int maxBytes;

	private final int capacity;

	private final int maxAttempts;

	private final int operationsPerSecond;

	private final Duration linger;

	private final @Nullable Consumer<BulkProgress> progress;

	private BulkOptions(Builder builder) {
		this.orderedPerPartition = builder.orderedPerPartition;
		this.splitOnFailure = builder.splitOnFailure;
		this.failFast = builder.failFast;
		this.resultsInInputOrder = builder.resultsInInputOrder;
		this.concurrency = builder.concurrency;
		this.maxOperations = builder.maxOperations;
		this.maxBytes = builder.maxBytes;
		this.capacity = builder.capacity;
		this.maxAttempts = builder.maxAttempts;
		this.operationsPerSecond = builder.operationsPerSecond;
		this.linger = builder.linger;
		this.progress = builder.progress;
	}

	public static BulkOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Return the options under which results come in the order of the input, and the
	 * first failure is an error.
	 */
	public static BulkOptions allOrError() {
		return ALL_OR_ERROR;
	}

	public static Builder builder() {
		return new Builder();
	}

	public boolean orderedPerPartition() {
		return this.orderedPerPartition;
	}

	public boolean splitOnFailure() {
		return this.splitOnFailure;
	}

	public boolean failFast() {
		return this.failFast;
	}

	public boolean resultsInInputOrder() {
		return this.resultsInInputOrder;
	}

	public int concurrency() {
		return this.concurrency;
	}

	public int maxOperations() {
		return this.maxOperations;
	}

	public int maxBytes() {
		return this.maxBytes;
	}

	public int capacity() {
		return this.capacity;
	}

	public int maxAttempts() {
		return this.maxAttempts;
	}

	public int operationsPerSecond() {
		return this.operationsPerSecond;
	}

	public Duration linger() {
		return this.linger;
	}

	public @Nullable Consumer<BulkProgress> progress() {
		return this.progress;
	}

	/**
	 * Builds options; each has a default.
	 */
	public static final class Builder {

		private boolean orderedPerPartition = true;

		private boolean splitOnFailure = true;

		private boolean failFast;

		private boolean resultsInInputOrder;

		private int concurrency = 8;

		private int maxOperations = 100;

		private int maxBytes = Integer.MAX_VALUE;

		private int capacity = 10_000;

		private int maxAttempts = 10;

		private int operationsPerSecond;

		private Duration linger = Duration.ofMillis(10);

		private @Nullable Consumer<BulkProgress> progress;

		private Builder() {
		}

		/**
		 * Set whether writes to one partition are done in the order of the input, which
		 * means one batch of a partition at a time; default {@code true}. Without, writes
		 * to one entity can overtake each other.
		 */
		public Builder orderedPerPartition(boolean orderedPerPartition) {
			this.orderedPerPartition = orderedPerPartition;
			return this;
		}

		/**
		 * Set whether what was undone with a refused write is tried again without it;
		 * default {@code true}. Without, it is {@link BulkResult.Outcome#ROLLED_BACK}.
		 */
		public Builder splitOnFailure(boolean splitOnFailure) {
			this.splitOnFailure = splitOnFailure;
			return this;
		}

		/**
		 * Set whether the first write that fails ends all with its error; default
		 * {@code false}. Others may be done by then.
		 */
		public Builder failFast(boolean failFast) {
			this.failFast = failFast;
			return this;
		}

		/**
		 * Set whether results come in the order of the input; default {@code false}: as
		 * batches end.
		 */
		public Builder resultsInInputOrder(boolean resultsInInputOrder) {
			this.resultsInInputOrder = resultsInInputOrder;
			return this;
		}

		/**
		 * Set how many batches are on their way at once; default 8, at least 1. Halved
		 * when the service is busy, and grown back one by one.
		 */
		public Builder concurrency(int concurrency) {
			Assert.isTrue(concurrency >= 1, "concurrency must be at least 1");
			this.concurrency = concurrency;
			return this;
		}

		/**
		 * Set how many writes are one batch at most; default 100, which is the service's
		 * limit, at least 1: each on its own.
		 */
		public Builder maxOperations(int maxOperations) {
			Assert.isTrue(maxOperations >= 1 && maxOperations <= 100, "maxOperations must be between 1 and 100");
			this.maxOperations = maxOperations;
			return this;
		}

		/**
		 * Set how many bytes one batch has at most; default the service's limit, 4 MiB (2
		 * MiB in Cosmos DB).
		 */
		public Builder maxBytes(int maxBytes) {
			Assert.isTrue(maxBytes >= 1, "maxBytes must be at least 1");
			this.maxBytes = maxBytes;
			return this;
		}

		/**
		 * Set how many writes are held at once, from their arrival until their result is
		 * taken; default 10,000, at least 1. The input is asked for no more, and for none
		 * while those held are larger than 64 MiB together.
		 */
		public Builder capacity(int capacity) {
			Assert.isTrue(capacity >= 1, "capacity must be at least 1");
			this.capacity = capacity;
			return this;
		}

		/**
		 * Set how often a batch is sent while the service is busy, besides the client's
		 * own retries; default 10, at least 1.
		 */
		public Builder maxAttempts(int maxAttempts) {
			Assert.isTrue(maxAttempts >= 1, "maxAttempts must be at least 1");
			this.maxAttempts = maxAttempts;
			return this;
		}

		/**
		 * Set how many writes are sent in a second on average; default 0, for no limit.
		 */
		public Builder operationsPerSecond(int operationsPerSecond) {
			Assert.isTrue(operationsPerSecond >= 0, "operationsPerSecond must not be negative");
			this.operationsPerSecond = operationsPerSecond;
			return this;
		}

		/**
		 * Set how long a batch that is not full waits for more, while there would be room
		 * to send it; default 10 ms.
		 */
		public Builder linger(Duration linger) {
			Assert.isTrue(!linger.isNegative(), "linger must not be negative");
			this.linger = linger;
			return this;
		}

		/**
		 * Set who is told how far the bulk is, after each batch, on the thread that its
		 * answer came on; default nobody. Must not block; what it throws ends the bulk.
		 */
		public Builder progress(@Nullable Consumer<BulkProgress> progress) {
			this.progress = progress;
			return this;
		}

		public BulkOptions build() {
			return new BulkOptions(this);
		}

	}

}
