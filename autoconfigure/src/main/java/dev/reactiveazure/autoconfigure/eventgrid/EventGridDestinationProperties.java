package dev.reactiveazure.autoconfigure.eventgrid;

import org.jspecify.annotations.Nullable;

/**
 * Where a logical destination leads.
 */
public class EventGridDestinationProperties {

	private @Nullable String connection;

	private @Nullable String topic;

	private @Nullable String subscription;

	public @Nullable String getConnection() {
		return this.connection;
	}

	public void setConnection(@Nullable String connection) {
		this.connection = connection;
	}

	public @Nullable String getTopic() {
		return this.topic;
	}

	public void setTopic(@Nullable String topic) {
		this.topic = topic;
	}

	public @Nullable String getSubscription() {
		return this.subscription;
	}

	public void setSubscription(@Nullable String subscription) {
		this.subscription = subscription;
	}

}
