package dev.reactiveazure.emulator.eventgrid;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import dev.reactiveazure.emulator.clock.EmulatorClock;
import org.jspecify.annotations.Nullable;

/**
 * The topics of the namespace and their subscriptions, by name. Thread-safe.
 */
final class Topics {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{3,50}");

	private final Map<String, Topic> topics = new ConcurrentHashMap<>();

	private final EventGridSettings settings;

	private final EmulatorClock clock;

	private final LongSupplier secrets;

	Topics(EventGridSettings settings, EmulatorClock clock, LongSupplier secrets) {
		this.settings = settings;
		this.clock = clock;
		this.secrets = secrets;
	}

	Topic declare(String topic) {
		requireName("topic", topic);
		return this.topics.computeIfAbsent(Topic.key(topic), (ignored) -> new Topic());
	}

	SubscriptionQueue declare(String topic, String subscription, EventFilters filters) {
		requireName("subscription", subscription);
		return declare(topic).declare(subscription, filters,
				() -> new SubscriptionQueue(this.settings, this.clock, this.secrets.getAsLong()));
	}

	/**
	 * The topic a request names.
	 * @throws Problem if it does not exist and is not to be created
	 */
	Topic requested(String topic) {
		Topic found = find(topic);
		if (found != null) {
			return found;
		}
		if (!this.settings.createOnFirstUse()) {
			throw Problem.notFound("Topic '" + topic + "' does not exist in this namespace.");
		}
		return created(() -> declare(topic));
	}

	/**
	 * The subscription a request names.
	 * @throws Problem if it does not exist and is not to be created
	 */
	SubscriptionQueue requested(String topic, String subscription) {
		SubscriptionQueue found = requested(topic).find(subscription);
		if (found != null) {
			return found;
		}
		if (!this.settings.createOnFirstUse()) {
			throw Problem
				.notFound("Event subscription '" + subscription + "' does not exist on topic '" + topic + "'.");
		}
		return created(() -> declare(topic, subscription, EventFilters.NONE));
	}

	@Nullable Topic find(String topic) {
		return this.topics.get(Topic.key(topic));
	}

	Collection<Topic> all() {
		return List.copyOf(this.topics.values());
	}

	void close() {
		for (Topic topic : new ArrayList<>(this.topics.values())) {
			topic.subscriptions().forEach(SubscriptionQueue::close);
		}
	}

	private void requireName(String what, String name) {
		boolean valid = this.settings.strictValidation() ? NAME.matcher(name).matches() : !name.isBlank();
		if (!valid) {
			throw new IllegalArgumentException(
					"The name of a " + what + " has 3 to 50 letters, digits and hyphens, not '" + name + "'");
		}
	}

	private static <T> T created(Supplier<T> declaration) {
		try {
			return declaration.get();
		}
		catch (IllegalArgumentException ex) {
			throw Problem.badRequest(String.valueOf(ex.getMessage()));
		}
	}

}
