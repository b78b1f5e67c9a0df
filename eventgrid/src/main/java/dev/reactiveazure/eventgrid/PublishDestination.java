package dev.reactiveazure.eventgrid;

import dev.reactiveazure.core.AzureEndpoint;

/**
 * Where events go, and what goes there in one request.
 *
 * @param kind what it is, such as {@code topic}
 * @param name its name
 * @param target the encoded path and query
 * @param mostEvents how many events one request takes
 * @param singles whether one event travels as an object rather than as an array of one
 * @param options channel and content type
 */
record PublishDestination(String kind, String name, String target, int mostEvents, boolean singles,
		PublishOptions options) {

	static PublishDestination namespaceTopic(String topic, String apiVersion) {
		return new PublishDestination("topic", topic, NamespacePaths.publish(topic, apiVersion), 1_000, true,
				PublishOptions.none());
	}

	/**
	 * Return the destination at an endpoint of the Basic tier, whose path is complete.
	 */
	static PublishDestination basic(AzureEndpoint endpoint, String apiVersion, PublishOptions options) {
		String path = endpoint.path().isEmpty() ? "/" : "";
		return new PublishDestination("topic", BasicAccess.name(endpoint), path + "?api-version=" + apiVersion, 5_000,
				false, options);
	}

}
