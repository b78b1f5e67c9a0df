package dev.reactiveazure.tables.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Collects writes by partition into chunks that the service takes, and says which chunk
 * may be sent next. Not thread-safe.
 *
 * <pre>
 * open (collects) → closed (waits in its lane) → sent (one of a lane at a time, where ordered) → gone
 * </pre>
 *
 * A chunk is closed when the next write does not fit, or is to the same entity.
 */
final class BulkLanes<T> {

	private final boolean ordered;

	private final int maxOperations;

	private final int maxBytes;

	private final Map<BulkItem.Partition, Lane<T>> lanes = new HashMap<>();

	private final Deque<Lane<T>> ready = new ArrayDeque<>();

	private final Set<BulkChunk<T>> open = new LinkedHashSet<>();

	BulkLanes(boolean ordered, int maxOperations, int maxBytes) {
		this.ordered = ordered;
		this.maxOperations = maxOperations;
		this.maxBytes = maxBytes;
	}

	/**
	 * Take a write.
	 * @param serviceBytes how large a batch the service takes
	 */
	void add(BulkItem<T> item, int serviceBytes, long now) {
		Lane<T> lane = this.lanes.computeIfAbsent(item.partition(), Lane::new);
		int largest = Math.min(this.maxBytes, serviceBytes);
		BulkChunk<T> chunk = lane.open;
		if (chunk != null && !chunk.takes(item, this.maxOperations, largest)) {
			close(chunk);
			chunk = null;
		}
		if (chunk == null) {
			chunk = new BulkChunk<>(lane, now);
			lane.open = chunk;
			this.open.add(chunk);
		}
		chunk.add(item);
		if (chunk.size() == this.maxOperations) {
			close(chunk);
		}
	}

	/**
	 * Return the next chunk that may be sent, and count it as sent.
	 * @return the chunk; {@code null} where none is closed whose partition is free
	 */
	@Nullable BulkChunk<T> next() {
		Lane<T> lane = this.ready.poll();
		if (lane == null) {
			return null;
		}
		lane.listed = false;
		BulkChunk<T> chunk = lane.closed.remove();
		lane.sent++;
		list(lane);
		return chunk;
	}

	/**
	 * Return when the oldest chunk was opened that could be sent if it were closed.
	 * @return the time; {@code null} where there is none
	 */
	@Nullable Long oldest() {
		BulkChunk<T> chunk = oldestFree();
		return (chunk != null) ? chunk.openedAt() : null;
	}

	/**
	 * Close the oldest chunk that can be sent then.
	 * @return whether there was one
	 */
	boolean closeOldest() {
		BulkChunk<T> chunk = oldestFree();
		if (chunk == null) {
			return false;
		}
		close(chunk);
		return true;
	}

	private @Nullable BulkChunk<T> oldestFree() {
		for (BulkChunk<T> chunk : this.open) {
			if (!this.ordered || chunk.lane().sent == 0) {
				return chunk;
			}
		}
		return null;
	}

	/**
	 * Take note that a chunk that was sent has its results.
	 */
	void done(BulkChunk<T> chunk) {
		Lane<T> lane = chunk.lane();
		lane.sent--;
		list(lane);
		if (lane.sent == 0 && lane.open == null && lane.closed.isEmpty()) {
			this.lanes.remove(lane.partition);
		}
	}

	boolean isEmpty() {
		return this.lanes.isEmpty();
	}

	private void close(BulkChunk<T> chunk) {
		Lane<T> lane = chunk.lane();
		this.open.remove(chunk);
		lane.open = null;
		lane.closed.add(chunk);
		list(lane);
	}

	private void list(Lane<T> lane) {
		boolean free = !this.ordered || lane.sent == 0;
		if (free && !lane.closed.isEmpty() && !lane.listed) {
			lane.listed = true;
			this.ready.add(lane);
		}
	}

	/**
	 * The chunks of one partition.
	 */
	static final class Lane<T> {

		private final BulkItem.Partition partition;

		private final Deque<BulkChunk<T>> closed = new ArrayDeque<>(2);

		private @Nullable BulkChunk<T> open;

		private int sent;

		private boolean listed;

		Lane(BulkItem.Partition partition) {
			this.partition = partition;
		}

	}

}
