package dev.reactiveazure.autoconfigure.eventgrid;

/**
 * What is at an endpoint of Event Grid.
 */
public enum EventGridKind {

	/** A namespace, with topics and subscriptions with pull delivery. */
	NAMESPACE,

	/** A custom topic of the Basic tier. */
	TOPIC,

	/** A domain of the Basic tier. */
	DOMAIN,

	/** A partner namespace of the Basic tier. */
	PARTNER;

	/**
	 * Return whether it belongs to the Basic tier, which takes events and pushes them on.
	 * @return {@code false} for a {@link #NAMESPACE}
	 */
	public boolean isBasic() {
		return this != NAMESPACE;
	}

}
