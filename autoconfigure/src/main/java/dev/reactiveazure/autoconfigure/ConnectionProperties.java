package dev.reactiveazure.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Properties that a connection has whichever service it leads to.
 */
public abstract class ConnectionProperties {

	/**
	 * Interval at which files with keys and signatures are read again.
	 */
	private Duration credentialReloadInterval = Duration.ofSeconds(30);

	@NestedConfigurationProperty
	private final EntraProperties entra = new EntraProperties();

	@NestedConfigurationProperty
	private final HttpProperties http = new HttpProperties();

	@NestedConfigurationProperty
	private final RetryProperties retry = new RetryProperties();

	public Duration getCredentialReloadInterval() {
		return this.credentialReloadInterval;
	}

	public void setCredentialReloadInterval(Duration credentialReloadInterval) {
		this.credentialReloadInterval = credentialReloadInterval;
	}

	public EntraProperties getEntra() {
		return this.entra;
	}

	public HttpProperties getHttp() {
		return this.http;
	}

	public RetryProperties getRetry() {
		return this.retry;
	}

}
