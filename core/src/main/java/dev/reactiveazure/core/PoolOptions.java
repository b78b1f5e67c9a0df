package dev.reactiveazure.core;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * Options of a pool of HTTP connections.
 *
 * @param maxConnections connections per host, at least 1; default 256
 * @param pendingAcquireMaxCount requests that may wait for a connection, at least 1;
 * default 10,000. One more fails at once, as not sent.
 * @param pendingAcquireTimeout time a request waits for a connection, positive; default
 * 30 s
 * @param connectTimeout time a connection may take to open, positive, at most 24 days;
 * default 10 s
 * @param maxIdleTime time an unused connection is kept, positive, at most 3 minutes, for
 * Azure's load balancers drop silent ones after 4; default 3 min
 */
public record PoolOptions(int maxConnections, int pendingAcquireMaxCount, Duration pendingAcquireTimeout,
		Duration connectTimeout, Duration maxIdleTime) {

	/**
	 * The longest time that an unused connection may be kept.
	 */
	public static final Duration LONGEST_IDLE_TIME = Duration.ofMinutes(3);

	/** Netty counts milliseconds by an {@code int}. */
	private static final Duration LONGEST_CONNECT_TIMEOUT = Duration.ofDays(24);

	private static final PoolOptions DEFAULTS = new PoolOptions(256, 10_000, Duration.ofSeconds(30),
			Duration.ofSeconds(10), LONGEST_IDLE_TIME);

	public PoolOptions {
		Assert.isTrue(maxConnections > 0, "maxConnections must be at least 1");
		Assert.isTrue(pendingAcquireMaxCount > 0, "pendingAcquireMaxCount must be at least 1");
		requirePositive(pendingAcquireTimeout, "pendingAcquireTimeout");
		requirePositive(connectTimeout, "connectTimeout");
		Assert.isTrue(connectTimeout.compareTo(LONGEST_CONNECT_TIMEOUT) <= 0, "connectTimeout must not exceed 24 days");
		requirePositive(maxIdleTime, "maxIdleTime");
		Assert.isTrue(maxIdleTime.compareTo(LONGEST_IDLE_TIME) <= 0, "maxIdleTime must not exceed 3 minutes");
	}

	private static void requirePositive(Duration duration, String name) {
		if (duration.compareTo(Duration.ZERO) <= 0) {
			throw new IllegalArgumentException(name + " must be positive");
		}
	}

	public static PoolOptions defaults() {
		return DEFAULTS;
	}

	public PoolOptions withMaxConnections(int maxConnections) {
		return new PoolOptions(maxConnections, this.pendingAcquireMaxCount, this.pendingAcquireTimeout,
				this.connectTimeout, this.maxIdleTime);
	}

	public PoolOptions withPendingAcquireMaxCount(int pendingAcquireMaxCount) {
		return new PoolOptions(this.maxConnections, pendingAcquireMaxCount, this.pendingAcquireTimeout,
				this.connectTimeout, this.maxIdleTime);
	}

	public PoolOptions withPendingAcquireTimeout(Duration pendingAcquireTimeout) {
		return new PoolOptions(this.maxConnections, this.pendingAcquireMaxCount, pendingAcquireTimeout,
				this.connectTimeout, this.maxIdleTime);
	}

	public PoolOptions withConnectTimeout(Duration connectTimeout) {
		return new PoolOptions(this.maxConnections, this.pendingAcquireMaxCount, this.pendingAcquireTimeout,
				connectTimeout, this.maxIdleTime);
	}

	public PoolOptions withMaxIdleTime(Duration maxIdleTime) {
		return new PoolOptions(this.maxConnections, this.pendingAcquireMaxCount, this.pendingAcquireTimeout,
				this.connectTimeout, maxIdleTime);
	}

}
