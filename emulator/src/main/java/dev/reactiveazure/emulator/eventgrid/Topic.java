package dev.reactiveazure.emulator.eventgrid;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A namespace topic: hands each published event to all its subscriptions that want it.
 * Thread-safe.
 */
final class Topic {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();

	private OperationCount published = OperationCount.NONE;

	@Nullable SubscriptionQueue find(String subscription) {
		Subscription found = this.subscriptions.get(key(subscription));
		return (found != null) ? found.queue() : null;
	}

	SubscriptionQueue declare(String subscription, EventFilters filters, Supplier<SubscriptionQueue> factory) {
		return this.subscriptions
			.computeIfAbsent(key(subscription), (ignored) -> new Subscription(factory.get(), filters))
			.queue();
	}

	void publish(List<StoredEvent> events) {
		synchronized (this) {
			this.published = this.published.plus(events.size(), 0);
		}
		List<JsonNode> trees = new ArrayList<>();
		for (Subscription subscription : this.subscriptions.values()) {
			subscription.queue().publish(wanted(events, subscription.filters(), trees));
		}
	}

	/** Events are parsed once, and only if a subscription asks what is in them. */
	private static List<StoredEvent> wanted(List<StoredEvent> events, EventFilters filters, List<JsonNode> trees) {
		if (filters.wantEverything()) {
			return events;
		}
		if (trees.isEmpty()) {
			events.forEach((event) -> trees.add(JSON.readTree(event.json())));
		}
		List<StoredEvent> wanted = new ArrayList<>();
		for (int i = 0; i < events.size(); i++) {
			if (filters.match(trees.get(i))) {
				wanted.add(events.get(i));
			}
		}
		return wanted;
	}

	synchronized OperationCount published() {
		return this.published;
	}

	Collection<SubscriptionQueue> subscriptions() {
		return this.subscriptions.values().stream().map(Subscription::queue).toList();
	}

	/** Names compare without regard to case, as in Azure's resource manager. */
	static String key(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

	private record Subscription(SubscriptionQueue queue, EventFilters filters) {

	}

}
