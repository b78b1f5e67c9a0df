package dev.reactiveazure.core;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Options of a client that concern each of its requests.
 *
 * @param responseTimeout time within which one try must have a complete answer, from the
 * request for a connection to the last byte; positive; default 30 s. An operation that
 * waits on the service's side (a receive) adds its wait to this.
 * @param maxResponseSize bytes an answer may have before it is given up, positive;
 * default 128 MiB
 * @param retry what is tried again, and when; default {@link RetryOptions#defaults()}
 * @param configuredBy what endpoint and credential come from, such as the names of
 * properties; errors of authentication and connection repeat it to the reader, so it must
 * not be a secret. Default {@code null}: unknown
 */
public record ClientOptions(Duration responseTimeout, int maxResponseSize, RetryOptions retry,
		@Nullable String configuredBy) {

	private static final ClientOptions DEFAULTS = new ClientOptions(Duration.ofSeconds(30), 128 * 1024 * 1024,
			RetryOptions.defaults(), null);

	public ClientOptions {
		Assert.isTrue(responseTimeout.compareTo(Duration.ZERO) > 0, "responseTimeout must be positive");
		Assert.isTrue(maxResponseSize > 0, "maxResponseSize must be positive");
		Assert.notNull(retry, "retry must not be null");
	}

	public static ClientOptions defaults() {
		return DEFAULTS;
	}

	public ClientOptions withResponseTimeout(Duration responseTimeout) {
		return new ClientOptions(responseTimeout, this.maxResponseSize, this.retry, this.configuredBy);
	}

	public ClientOptions withMaxResponseSize(int maxResponseSize) {
		return new ClientOptions(this.responseTimeout, maxResponseSize, this.retry, this.configuredBy);
	}

	public ClientOptions withRetry(RetryOptions retry) {
		return new ClientOptions(this.responseTimeout, this.maxResponseSize, retry, this.configuredBy);
	}

	public ClientOptions withConfiguredBy(@Nullable String configuredBy) {
		return new ClientOptions(this.responseTimeout, this.maxResponseSize, this.retry, configuredBy);
	}

}
