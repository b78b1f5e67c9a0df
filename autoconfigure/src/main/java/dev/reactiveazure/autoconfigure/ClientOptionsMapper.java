package dev.reactiveazure.autoconfigure;

import java.time.Duration;

import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.PoolOptions;
import dev.reactiveazure.core.RetryOptions;
import org.jspecify.annotations.Nullable;

/**
 * Turns a service's {@code http} and {@code retry} properties into the options of its
 * client. A value out of range is reported under the name of its group of properties.
 */
public final class ClientOptionsMapper {

	/** A name or an IPv4 address, or an IPv6 address. */
	private static final String HOST = "[A-Za-z0-9._-]+|[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*";

	private final String prefix;

	private final HttpProperties http;

	private final RetryProperties retry;

	/**
	 * Create a mapper.
	 * @param prefix the prefix of the service's properties, such as {@code azure.tables}
	 * @param http the properties below {@code <prefix>.http}
	 * @param retry the properties below {@code <prefix>.retry}
	 */
	public ClientOptionsMapper(String prefix, HttpProperties http, RetryProperties retry) {
		this.prefix = prefix;
		this.http = http;
		this.retry = retry;
	}

	/**
	 * Return the options of the client.
	 * @param configuredBy what endpoint and credential come from, for error messages
	 * @return time-outs, limits and retries
	 * @throws InvalidAzurePropertyException if a value is out of range
	 */
	public ClientOptions clientOptions(String configuredBy) {
		RetryOptions retryOptions = retryOptions();
		try {
			return new ClientOptions(this.http.getResponseTimeout(), maxResponseSize(), retryOptions, configuredBy);
		}
		catch (IllegalArgumentException ex) {
			throw InvalidAzurePropertyException.of(name("http.*"), ex);
		}
	}

	private RetryOptions retryOptions() {
		try {
			return new RetryOptions(this.retry.getMaxRetries(), this.retry.getDelay(), this.retry.getMultiplier(),
					this.retry.getMaxDelay(), this.retry.getJitter(), this.retry.getTimeout(), this.retry.getBudget());
		}
		catch (IllegalArgumentException ex) {
			throw InvalidAzurePropertyException.of(name("retry.*"), ex);
		}
	}

	private int maxResponseSize() {
		return Math.toIntExact(Math.min(this.http.getMaxResponseSize().toBytes(), Integer.MAX_VALUE));
	}

	PoolOptions poolOptions() {
		Duration connectTimeout = this.http.getConnectTimeout();
		try {
			return new PoolOptions(this.http.getMaxConnections(), this.http.getPendingAcquireMaxCount(),
					this.http.getPendingAcquireTimeout(),
					(connectTimeout != null) ? connectTimeout : PoolOptions.defaults().connectTimeout(),
					this.http.getMaxIdleTime());
		}
		catch (IllegalArgumentException ex) {
			throw InvalidAzurePropertyException.of(name("http.*"), ex);
		}
	}

	/**
	 * Refuse a proxy that could not be reached, or that would be left out without a word.
	 */
	void requireUsableProxy() {
		HttpProperties.Proxy proxy = this.http.getProxy();
		String host = proxy.getHost();
		require(host == null || host.matches(HOST), "http.proxy.host",
				"it must be the name or address of a host, without scheme, port and path");
		require(host != null || (proxy.getUsername() == null && proxy.getPassword() == null), "http.proxy.host",
				"it is missing, although a user name or password for the proxy is set");
		require(proxy.getPassword() == null || proxy.getUsername() != null, "http.proxy.username",
				"it is missing, although the password for the proxy is set");
		requireResolved("http.proxy.username", proxy.getUsername());
		requireResolved("http.proxy.password", proxy.getPassword());
		require(proxy.getPort() > 0 && proxy.getPort() <= 65535, "http.proxy.port", "it must be 1 to 65535");
	}

	private void require(boolean valid, String property, String reason) {
		if (!valid) {
			throw new InvalidAzurePropertyException(name(property), reason);
		}
	}

	private void requireResolved(String property, @Nullable String value) {
		if (value != null) {
			ConfiguredSecret.requireResolved(name(property), value);
		}
	}

	String name(String property) {
		return this.prefix + "." + property;
	}

	HttpProperties http() {
		return this.http;
	}

}
