package dev.reactiveazure.core;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.UnaryOperator;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * The key values of one cardinality that an observation's context holds. Thread-safe.
 * <p>
 * Stands in for the map of {@link io.micrometer.observation.Observation.Context}, from
 * which handlers get a sorted copy at each question: a convention gives the same keys at
 * the start and at the end, so that mostly there is nothing to merge, sort and copy.
 */
public final class ObservedKeys {

	private static final AtomicReferenceFieldUpdater<ObservedKeys, KeyValues> VALUES = AtomicReferenceFieldUpdater
		.newUpdater(ObservedKeys.class, KeyValues.class, "values");

	private volatile KeyValues values = KeyValues.empty();

	/**
	 * Return the key values.
	 * @return sorted by key; what was {@linkplain #add(KeyValues) added} itself, where
	 * nothing else was
	 */
	public KeyValues all() {
		return this.values;
	}

	/**
	 * Return a key value.
	 * @return the key value; {@code null} where there is none of that key
	 */
	public @Nullable KeyValue get(String key) {
		for (KeyValue value : this.values) {
			if (value.getKey().equals(key)) {
				return value;
			}
		}
		return null;
	}

	/**
	 * Add a key value, in place of one with the same key.
	 */
	public void add(KeyValue value) {
		change((before) -> before.and(value));
	}

	/**
	 * Add key values, in place of those with the same keys.
	 */
	public void add(KeyValues added) {
		change((before) -> replacesAll(added, before) ? added : before.and(added));
	}

	/**
	 * Remove the key value of a key, if there is one.
	 */
	public void remove(String key) {
		change((before) -> KeyValues.of(before.stream().filter((value) -> !value.getKey().equals(key)).toList()));
	}

	private void change(UnaryOperator<KeyValues> change) {
		VALUES.updateAndGet(this, change);
	}

	/**
	 * Return whether what is there would all be replaced.
	 */
	private static boolean replacesAll(KeyValues added, KeyValues before) {
		var others = added.iterator();
		for (KeyValue value : before) {
			if (!others.hasNext() || !others.next().getKey().equals(value.getKey())) {
				return false;
			}
		}
		return true;
	}

}
