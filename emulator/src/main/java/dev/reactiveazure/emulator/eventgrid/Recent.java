package dev.reactiveazure.emulator.eventgrid;

import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.Stream;

/**
 * The most recent entries of something, up to a limit. Not thread-safe.
 */
final class Recent<T> {

	private final int limit;

	private final ArrayDeque<T> entries = new ArrayDeque<>();

	Recent(int limit) {
		this.limit = limit;
	}

	boolean remembers() {
		return this.limit > 0;
	}

	void add(T entry) {
		if (!remembers()) {
			return;
		}
		if (this.entries.size() == this.limit) {
			this.entries.removeFirst();
		}
		this.entries.addLast(entry);
	}

	Stream<T> stream() {
		return this.entries.stream();
	}

	List<T> snapshot() {
		return List.copyOf(this.entries);
	}

}
