package dev.reactiveazure.emulator.eventgrid;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A namespace topic: hands each published event to all its subscriptions. Thread-safe.
 */
final class Topic {

	private final Map<String, SubscriptionQueue> subscriptions = new ConcurrentHashMap<>();

	private OperationCount published = OperationCount.NONE;

	@Nullable SubscriptionQueue find(String subscription) {
		return this.subscriptions.get(key(subscription));
	}

	SubscriptionQueue declare(String subscription, Supplier<SubscriptionQueue> factory) {
		return this.subscriptions.computeIfAbsent(key(subscription), (ignored) -> factory.get());
	}

	void publish(List<StoredEvent> events) {
		synchronized (this) {
			this.published = this.published.plus(events.size(), 0);
		}
		for (SubscriptionQueue subscription : this.subscriptions.values()) {
			subscription.publish(events);
		}
	}

	synchronized OperationCount published() {
		return this.published;
	}

	Collection<SubscriptionQueue> subscriptions() {
		return new ArrayList<>(this.subscriptions.values());
	}

	/** Names compare without regard to case, as in Azure's resource manager. */
	static String key(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

}
