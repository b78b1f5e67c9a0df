package dev.reactiveazure.autoconfigure.eventgrid;

import dev.reactiveazure.autoconfigure.ConnectionProperties;
import org.jspecify.annotations.Nullable;

/**
 * Properties of one connection to Azure Event Grid.
 */
public class EventGridConnectionProperties extends ConnectionProperties {

	/**
	 * What is at the endpoint: a namespace, or a topic, domain or partner namespace of
	 * the Basic tier, for which there is an EventGridBasicClient.
	 */
	private EventGridKind kind = EventGridKind.NAMESPACE;

	/**
	 * Input schema of the topic, domain or partner namespace, which decides which
	 * publisher there is for it. Basic tier only.
	 */
	private EventGridSchema schema = EventGridSchema.CLOUD_EVENTS;

	/**
	 * Channel that events are published to. Partner namespaces only, and there only where
	 * they route by header.
	 */
	private @Nullable String channel;

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

	public EventGridKind getKind() {
		return this.kind;
	}

	public void setKind(EventGridKind kind) {
		this.kind = kind;
	}

	public EventGridSchema getSchema() {
		return this.schema;
	}

	public void setSchema(EventGridSchema schema) {
		this.schema = schema;
	}

	public @Nullable String getChannel() {
		return this.channel;
	}

	public void setChannel(@Nullable String channel) {
		this.channel = channel;
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

}
