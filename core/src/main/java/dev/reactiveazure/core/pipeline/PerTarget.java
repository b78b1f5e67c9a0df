package dev.reactiveazure.core.pipeline;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Keeps what was made for the latest targets, for those that come again: those of
 * {@code POST} are few, one a table, topic or subscription, and the same for every call.
 *
 * @param <V> what is made for a target; may be made twice where two threads ask at once
 */
final class PerTarget<V> {

	private static final int SLOTS = 64;

	private final Function<String, V> factory;

	private final AtomicReferenceArray<@Nullable Kept<V>> slots = new AtomicReferenceArray<>(SLOTS);

	/**
	 * Create a keeper of nothing yet.
	 * @param factory makes what is kept; what it throws is passed on
	 */
	PerTarget(Function<String, V> factory) {
		this.factory = factory;
	}

	V of(String target) {
		int slot = target.hashCode() & (SLOTS - 1);
		Kept<V> latest = this.slots.get(slot);
		if (latest == null || !latest.target.equals(target)) {
			latest = new Kept<>(target, this.factory.apply(target));
			this.slots.set(slot, latest);
		}
		return latest.value;
	}

	private record Kept<V>(String target, V value) {
	}

}
