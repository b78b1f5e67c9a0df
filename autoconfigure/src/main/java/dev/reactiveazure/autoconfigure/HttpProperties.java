package dev.reactiveazure.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Properties of the HTTP connections to a service: {@code azure.<service>.http.*}.
 */
public class HttpProperties {

	/**
	 * Connections per host and pool, at least 1.
	 */
	private int maxConnections = 256;

	/**
	 * Requests that may wait for a connection, at least 1. One more fails at once.
	 */
	private int pendingAcquireMaxCount = 10_000;

	/**
	 * Time a request waits for a connection.
	 */
	private Duration pendingAcquireTimeout = Duration.ofSeconds(30);

	/**
	 * Time a connection may take to open. Falls back to
	 * spring.http.clients.connect-timeout, then to 10 seconds.
	 */
	private @Nullable Duration connectTimeout;

	/**
	 * Time an unused connection is kept, at most 3 minutes: Azure's load balancers drop
	 * silent connections after 4.
	 */
	private Duration maxIdleTime = Duration.ofMinutes(3);

	/**
	 * Time within which one try must have its complete answer. A receive adds its wait.
	 */
	private Duration responseTimeout = Duration.ofSeconds(30);

	/**
	 * Size an answer may have before it is given up.
	 */
	private DataSize maxResponseSize = DataSize.ofMegabytes(128);

	public int getMaxConnections() {
		return this.maxConnections;
	}

	public void setMaxConnections(int maxConnections) {
		this.maxConnections = maxConnections;
	}

	public int getPendingAcquireMaxCount() {
		return this.pendingAcquireMaxCount;
	}

	public void setPendingAcquireMaxCount(int pendingAcquireMaxCount) {
		this.pendingAcquireMaxCount = pendingAcquireMaxCount;
	}

	public Duration getPendingAcquireTimeout() {
		return this.pendingAcquireTimeout;
	}

	public void setPendingAcquireTimeout(Duration pendingAcquireTimeout) {
		this.pendingAcquireTimeout = pendingAcquireTimeout;
	}

	public @Nullable Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(@Nullable Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public Duration getMaxIdleTime() {
		return this.maxIdleTime;
	}

	public void setMaxIdleTime(Duration maxIdleTime) {
		this.maxIdleTime = maxIdleTime;
	}

	public Duration getResponseTimeout() {
		return this.responseTimeout;
	}

	public void setResponseTimeout(Duration responseTimeout) {
		this.responseTimeout = responseTimeout;
	}

	public DataSize getMaxResponseSize() {
		return this.maxResponseSize;
	}

	public void setMaxResponseSize(DataSize maxResponseSize) {
		this.maxResponseSize = maxResponseSize;
	}

}
