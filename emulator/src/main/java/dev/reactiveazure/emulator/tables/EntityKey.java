package dev.reactiveazure.emulator.tables;

import java.util.Comparator;

/**
 * Where an entity is in its table; ordered as the service orders: ordinally by partition,
 * then by row.
 *
 * @param partition the partition key
 * @param row the row key
 */
record EntityKey(String partition, String row) implements Comparable<EntityKey> {

	private static final Comparator<EntityKey> ORDER = Comparator.comparing(EntityKey::partition)
		.thenComparing(EntityKey::row);

	@Override
	public int compareTo(EntityKey other) {
		return ORDER.compare(this, other);
	}

}
