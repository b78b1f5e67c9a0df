package dev.reactiveazure.core.pipeline;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * Observation keys of low cardinality that are always the same, with values that seldom
 * are new: what was given for the latest combinations of values is kept, and with it the
 * hash by which meters are found.
 * <p>
 * To make and sort seven key values takes 300 bytes, twice an observation.
 */
public final class KeyTemplate {

	private static final int SLOTS = 64;

	private final String[] keys;

	private final AtomicReferenceArray<@Nullable Known> known = new AtomicReferenceArray<>(SLOTS);

	private KeyTemplate(String[] keys) {
		this.keys = keys;
	}

	/**
	 * Create a template.
	 * @param keys the keys, each once
	 */
	public static KeyTemplate of(String... keys) {
		return new KeyTemplate(keys);
	}

	/**
	 * Return the keys with values.
	 * @param values a value for each key, in the order of the keys; not to be changed
	 * afterwards
	 */
	public KeyValues with(String... values) {
		int slot = slot(values);
		Known latest = this.known.get(slot);
		if (latest == null || !Arrays.equals(latest.values, values)) {
			latest = new Known(values, keyValues(values));
			this.known.set(slot, latest);
		}
		return latest.keyValues;
	}

	private KeyValues keyValues(String[] values) {
		KeyValue[] pairs = new KeyValue[this.keys.length];
		for (int i = 0; i < pairs.length; i++) {
			pairs[i] = KeyValue.of(this.keys[i], values[i]);
		}
		return KeyValues.of(pairs);
	}

	private static int slot(String[] values) {
		int hash = Arrays.hashCode(values);
		return (hash ^ (hash >>> 16)) & (SLOTS - 1);
	}

	private record Known(String[] values, KeyValues keyValues) {
	}

}
