package dev.reactiveazure.tables.template;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

/**
 * Results that wait to be taken: as they come, or in the order of the input. Not
 * thread-safe.
 */
final class BulkResults<T> {

	private final boolean inInputOrder;

	private final Queue<BulkResult<T>> arrived = new ArrayDeque<>();

	private final Map<Long, BulkResult<T>> early = new HashMap<>();

	private long next;

	BulkResults(boolean inInputOrder) {
		this.inInputOrder = inInputOrder;
	}

	void add(BulkResult<T> result) {
		if (!this.inInputOrder) {
			this.arrived.add(result);
			return;
		}
		this.early.put(result.index(), result);
		BulkResult<T> following = this.early.remove(this.next);
		while (following != null) {
			this.arrived.add(following);
			this.next++;
			following = this.early.remove(this.next);
		}
	}

	@Nullable BulkResult<T> poll() {
		return this.arrived.poll();
	}

	boolean isEmpty() {
		return this.arrived.isEmpty() && this.early.isEmpty();
	}

	void clear() {
		this.arrived.clear();
		this.early.clear();
	}

}
