package dev.reactiveazure.autoconfigure.eventgrid;

import java.time.Duration;

import dev.reactiveazure.autoconfigure.EntraProperties;
import dev.reactiveazure.autoconfigure.HttpProperties;
import dev.reactiveazure.autoconfigure.RetryProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Properties of one connection to Azure Event Grid.
 */
public class EventGridConnectionProperties {

	/**
	 * What is at the endpoint: a namespace, or a topic, domain or partner namespace of
	 * the Basic tier, for which there is an EventGridBasicClient.
	 */
	private EventGridKind kind = EventGridKind.NAMESPACE;

	/**
	 * URL of the namespace's HTTP host, such as
	 * 'https://shop.westeurope-1.eventgrid.azure.net'; for the Basic tier the complete
	 * URL, such as 'https://shop.westeurope-1.eventgrid.azure.net/api/events'.
	 */
	private @Nullable String endpoint;

	/**
	 * Access key of the namespace, topic, domain or partner namespace.
	 */
	private @Nullable String accessKey;

	/**
	 * File that holds the access key, read again while the application runs.
	 */
	private @Nullable String accessKeyFile;

	/**
	 * Other access key, tried once when the service refuses the first, for the time of a
	 * rotation.
	 */
	private @Nullable String secondaryAccessKey;

	/**
	 * File that holds the other access key.
	 */
	private @Nullable String secondaryAccessKeyFile;

	/**
	 * Shared access signature, instead of an access key. Basic tier only.
	 */
	private @Nullable String sasToken;

	/**
	 * File that holds the shared access signature, read again while the application runs.
	 */
	private @Nullable String sasTokenFile;

	/**
	 * Interval at which files with keys and signatures are read again.
	 */
	private Duration credentialReloadInterval = Duration.ofSeconds(30);

	/**
	 * Version of the protocol. Falls back to 2024-06-01 for namespaces and 2018-01-01 for
	 * the Basic tier.
	 */
	private @Nullable String apiVersion;

	/**
	 * Resource that tokens of Microsoft Entra ID are asked for.
	 */
	private String audience = "https://eventgrid.azure.net";

	/**
	 * Whether events are published with the trace of their publication. Namespaces only.
	 */
	private boolean traceEvents = true;

	/**
	 * Events that all listeners of the connection receive a second at most, at least 1.
	 * No limit if not set. Namespaces only.
	 */
	private @Nullable Integer maxEventsPerSecond;

	@NestedConfigurationProperty
	private final EntraProperties entra = new EntraProperties();

	@NestedConfigurationProperty
	private final HttpProperties http = new HttpProperties();

	@NestedConfigurationProperty
	private final RetryProperties retry = new RetryProperties();

	public EventGridKind getKind() {
		return this.kind;
	}

	public void setKind(EventGridKind kind) {
		this.kind = kind;
	}

	public @Nullable String getEndpoint() {
		return this.endpoint;
	}

	public void setEndpoint(@Nullable String endpoint) {
		this.endpoint = endpoint;
	}

	public @Nullable String getAccessKey() {
		return this.accessKey;
	}

	public void setAccessKey(@Nullable String accessKey) {
		this.accessKey = accessKey;
	}

	public @Nullable String getAccessKeyFile() {
		return this.accessKeyFile;
	}

	public void setAccessKeyFile(@Nullable String accessKeyFile) {
		this.accessKeyFile = accessKeyFile;
	}

	public @Nullable String getSecondaryAccessKey() {
		return this.secondaryAccessKey;
	}

	public void setSecondaryAccessKey(@Nullable String secondaryAccessKey) {
		this.secondaryAccessKey = secondaryAccessKey;
	}

	public @Nullable String getSecondaryAccessKeyFile() {
		return this.secondaryAccessKeyFile;
	}

	public void setSecondaryAccessKeyFile(@Nullable String secondaryAccessKeyFile) {
		this.secondaryAccessKeyFile = secondaryAccessKeyFile;
	}

	public @Nullable String getSasToken() {
		return this.sasToken;
	}

	public void setSasToken(@Nullable String sasToken) {
		this.sasToken = sasToken;
	}

	public @Nullable String getSasTokenFile() {
		return this.sasTokenFile;
	}

	public void setSasTokenFile(@Nullable String sasTokenFile) {
		this.sasTokenFile = sasTokenFile;
	}

	public Duration getCredentialReloadInterval() {
		return this.credentialReloadInterval;
	}

	public void setCredentialReloadInterval(Duration credentialReloadInterval) {
		this.credentialReloadInterval = credentialReloadInterval;
	}

	public @Nullable String getApiVersion() {
		return this.apiVersion;
	}

	public void setApiVersion(@Nullable String apiVersion) {
		this.apiVersion = apiVersion;
	}

	public String getAudience() {
		return this.audience;
	}

	public void setAudience(String audience) {
		this.audience = audience;
	}

	public boolean isTraceEvents() {
		return this.traceEvents;
	}

	public void setTraceEvents(boolean traceEvents) {
		this.traceEvents = traceEvents;
	}

	public @Nullable Integer getMaxEventsPerSecond() {
		return this.maxEventsPerSecond;
	}

	public void setMaxEventsPerSecond(@Nullable Integer maxEventsPerSecond) {
		this.maxEventsPerSecond = maxEventsPerSecond;
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
