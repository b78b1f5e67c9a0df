package dev.reactiveazure.emulator.tables;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * One version of an entity. Immutable.
 *
 * @param key its key
 * @param timestamp when this version was written
 * @param properties its properties without the three of the system, ordered by name
 */
record StoredEntity(EntityKey key, Instant timestamp,
		SortedMap<String, EdmValue> properties) implements PropertySource {

	static StoredEntity of(EntityKey key, Instant timestamp, Map<String, EdmValue> properties) {
		return new StoredEntity(key, timestamp, Collections.unmodifiableSortedMap(new TreeMap<>(properties)));
	}

	/**
	 * This version with other properties laid over it.
	 */
	StoredEntity merge(Instant time, Map<String, EdmValue> changes) {
		SortedMap<String, EdmValue> merged = new TreeMap<>(this.properties);
		merged.putAll(changes);
		return new StoredEntity(this.key, time, Collections.unmodifiableSortedMap(merged));
	}

	String etag() {
		return "W/\"datetime'" + Ticks.format(this.timestamp).replace(":", "%3A") + "'\"";
	}

	@Override
	public @Nullable EdmValue property(String name) {
		return switch (name) {
			case "PartitionKey" -> EdmValue.string(this.key.partition());
			case "RowKey" -> EdmValue.string(this.key.row());
			case "Timestamp" -> EdmValue.dateTime(this.timestamp);
			default -> this.properties.get(name);
		};
	}

	/**
	 * The size that counts towards the limit of 1 MiB.
	 */
	int size() {
		int size = 4 + 2 * (this.key.partition().length() + this.key.row().length());
		for (Map.Entry<String, EdmValue> property : this.properties.entrySet()) {
			size += 8 + 2 * property.getKey().length() + property.getValue().size();
		}
		return size;
	}

}
