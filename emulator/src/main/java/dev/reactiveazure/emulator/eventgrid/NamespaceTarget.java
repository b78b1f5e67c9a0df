package dev.reactiveazure.emulator.eventgrid;

import dev.reactiveazure.emulator.http.Percent;
import org.jspecify.annotations.Nullable;

/**
 * What the path of a request to the namespace names.
 *
 * @param topic the topic
 * @param subscription the subscription, empty for publish
 * @param operation what to do with it
 */
record NamespaceTarget(String topic, String subscription, EventGridOperation operation) {

	private static final String ROOT = "/topics/";

	private static final String SUBSCRIPTIONS = "eventsubscriptions";

	/**
	 * Reads the path.
	 * @param rawPath the path as sent
	 * @return the target
	 * @throws Problem if the namespace has no such path
	 */
	static NamespaceTarget parse(String rawPath) {
		NamespaceTarget target = rawPath.startsWith(ROOT) ? find(rawPath.substring(ROOT.length()).split("/", -1))
				: null;
		if (target == null) {
			throw Problem.notFound("There is no operation at this path. Known are /topics/{topic}:publish and "
					+ "/topics/{topic}/eventsubscriptions/{subscription}:{receive|acknowledge|release|reject|renewLock}"
					+ " of a namespace, and /api/events of a Basic topic.");
		}
		return target;
	}

	private static @Nullable NamespaceTarget find(String[] segments) {
		String last = Percent.decode(segments[segments.length - 1]);
		int colon = last.lastIndexOf(':');
		if (colon < 1) {
			return null;
		}
		String name = last.substring(0, colon);
		String action = last.substring(colon + 1);
		if (segments.length == 1 && action.equals("publish")) {
			return new NamespaceTarget(name, "", EventGridOperation.PUBLISH);
		}
		EventGridOperation operation = subscriptionOperation(action);
		if (segments.length == 3 && segments[1].equals(SUBSCRIPTIONS) && operation != null) {
			return new NamespaceTarget(Percent.decode(segments[0]), name, operation);
		}
		return null;
	}

	private static @Nullable EventGridOperation subscriptionOperation(String action) {
		return switch (action) {
			case "receive" -> EventGridOperation.RECEIVE;
			case "acknowledge" -> EventGridOperation.ACKNOWLEDGE;
			case "release" -> EventGridOperation.RELEASE;
			case "reject" -> EventGridOperation.REJECT;
			case "renewLock" -> EventGridOperation.RENEW_LOCK;
			default -> null;
		};
	}

}
