package dev.reactiveazure.eventgrid;

import java.util.EnumMap;
import java.util.Map;

import dev.reactiveazure.core.pipeline.PercentEncoding;

/**
 * The encoded targets of one subscription's requests, built once.
 * <p>
 * The colon before an action is literal; a name is percent-encoded.
 */
final class NamespacePaths {

	private final String receivePrefix;

	private final String acknowledge;

	private final Map<ReleaseDelay, String> release = new EnumMap<>(ReleaseDelay.class);

	private final String reject;

	private final String renewLock;

	NamespacePaths(String topic, String subscription, String apiVersion) {
		String path = topicPath(topic) + "/eventsubscriptions/" + PercentEncoding.encode(subscription);
		String query = "?api-version=" + apiVersion;
		this.receivePrefix = path + ":receive" + query + "&maxEvents=";
		this.acknowledge = path + ":acknowledge" + query;
		this.reject = path + ":reject" + query;
		this.renewLock = path + ":renewLock" + query;
		for (ReleaseDelay delay : ReleaseDelay.values()) {
			this.release.put(delay, path + ":release" + query + "&releaseDelayInSeconds=" + delay.seconds());
		}
	}

	static String publish(String topic, String apiVersion) {
		return topicPath(topic) + ":publish?api-version=" + apiVersion;
	}

	private static String topicPath(String topic) {
		return "/topics/" + PercentEncoding.encode(topic);
	}

	String receive(ReceiveOptions options) {
		return this.receivePrefix + options.maxEvents() + "&maxWaitTime=" + options.maxWait().toSeconds();
	}

	String acknowledge() {
		return this.acknowledge;
	}

	String release(ReleaseDelay delay) {
		return this.release.getOrDefault(delay, "");
	}

	String reject() {
		return this.reject;
	}

	String renewLock() {
		return this.renewLock;
	}

}
