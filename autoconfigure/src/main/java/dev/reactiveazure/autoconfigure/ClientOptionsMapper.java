package dev.reactiveazure.autoconfigure;

import java.time.Duration;

import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.PoolOptions;
import dev.reactiveazure.core.RetryOptions;

/**
 * Turns a service's {@code http} and {@code retry} properties into the options of its
 * client. A value out of range is reported under the name of its group of properties.
 */
public final class ClientOptionsMapper {

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
		RetryOptions retryOptions = InvalidAzurePropertyException.naming(this.prefix + ".retry.*", this::retryOptions);
		return InvalidAzurePropertyException.naming(this.prefix + ".http.*",
				() -> new ClientOptions(this.http.getResponseTimeout(), maxResponseSize(), retryOptions, configuredBy));
	}

	private RetryOptions retryOptions() {
		return new RetryOptions(this.retry.getMaxRetries(), this.retry.getDelay(), this.retry.getMultiplier(),
				this.retry.getMaxDelay(), this.retry.getJitter(), this.retry.getTimeout(), this.retry.getBudget());
	}

	private int maxResponseSize() {
		return Math.toIntExact(Math.min(this.http.getMaxResponseSize().toBytes(), Integer.MAX_VALUE));
	}

	PoolOptions poolOptions() {
		Duration connectTimeout = this.http.getConnectTimeout();
		return InvalidAzurePropertyException.naming(this.prefix + ".http.*",
				() -> new PoolOptions(this.http.getMaxConnections(), this.http.getPendingAcquireMaxCount(),
						this.http.getPendingAcquireTimeout(),
						(connectTimeout != null) ? connectTimeout : PoolOptions.defaults().connectTimeout(),
						this.http.getMaxIdleTime()));
	}

	String name(String property) {
		return this.prefix + "." + property;
	}

	HttpProperties http() {
		return this.http;
	}

}
