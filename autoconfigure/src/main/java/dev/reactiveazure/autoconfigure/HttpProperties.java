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
	 * spring.http.clients.connect-timeout where Boot's HTTP client module is on the class
	 * path, then to 10 seconds.
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

	private final Ssl ssl = new Ssl();

	private final Proxy proxy = new Proxy();

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

	public Ssl getSsl() {
		return this.ssl;
	}

	public Proxy getProxy() {
		return this.proxy;
	}

	/**
	 * Properties of TLS.
	 */
	public static class Ssl {

		/**
		 * Name of the SSL bundle. Falls back to spring.http.clients.ssl.bundle where
		 * Boot's HTTP client module is on the class path, then to the certificates that
		 * the Java runtime trusts.
		 */
		private @Nullable String bundle;

		public @Nullable String getBundle() {
			return this.bundle;
		}

		public void setBundle(@Nullable String bundle) {
			this.bundle = bundle;
		}

	}

	/**
	 * Properties of an HTTP proxy.
	 */
	public static class Proxy {

		/**
		 * Host of the HTTP proxy. Falls back to the system properties of the Java
		 * runtime, such as https.proxyHost.
		 */
		private @Nullable String host;

		/**
		 * Port of the HTTP proxy.
		 */
		private int port = 3128;

		/**
		 * User name for the proxy.
		 */
		private @Nullable String username;

		/**
		 * Password for the proxy.
		 */
		private @Nullable String password;

		public @Nullable String getHost() {
			return this.host;
		}

		public void setHost(@Nullable String host) {
			this.host = host;
		}

		public int getPort() {
			return this.port;
		}

		public void setPort(int port) {
			this.port = port;
		}

		public @Nullable String getUsername() {
			return this.username;
		}

		public void setUsername(@Nullable String username) {
			this.username = username;
		}

		public @Nullable String getPassword() {
			return this.password;
		}

		public void setPassword(@Nullable String password) {
			this.password = password;
		}

	}

}
