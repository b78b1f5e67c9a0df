package dev.reactiveazure.tables.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes of one partition that are sent together. Not thread-safe.
 */
final class BulkChunk<T> {

	private final BulkLanes.Lane<T> lane;

	private final long openedAt;

	private final List<BulkItem<T>> items = new ArrayList<>();

	private final Set<String> rowKeys = new HashSet<>();

	private long bytes;

	BulkChunk(BulkLanes.Lane<T> lane, long openedAt) {
		this.lane = lane;
		this.openedAt = openedAt;
	}

	boolean takes(BulkItem<T> item, int maxOperations, int maxBytes) {
		return this.items.isEmpty() || (this.items.size() < maxOperations && this.bytes + item.bytes() <= maxBytes
				&& !this.rowKeys.contains(item.prepared().key().rowKey()));
	}

	void add(BulkItem<T> item) {
		this.items.add(item);
		this.rowKeys.add(item.prepared().key().rowKey());
		this.bytes += item.bytes();
	}

	BulkLanes.Lane<T> lane() {
		return this.lane;
	}

	long openedAt() {
		return this.openedAt;
	}

	List<BulkItem<T>> items() {
		return this.items;
	}

	long bytes() {
		return this.bytes;
	}

	int size() {
		return this.items.size();
	}

}
