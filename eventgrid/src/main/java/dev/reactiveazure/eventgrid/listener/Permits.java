package dev.reactiveazure.eventgrid.listener;

import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The budget of events that may be locked at a time. A poll takes permits for as many
 * events as it asks for; what it did not use comes back with its answer, the others when
 * their events end.
 */
final class Permits {

	private final int max;

	private final Runnable onReturn;

	private final AtomicInteger free;

	private final Sinks.Empty<Void> allReturned = Sinks.empty();

	private volatile boolean awaited;

	Permits(int max, Runnable onReturn) {
		this.max = max;
		this.onReturn = onReturn;
		this.free = new AtomicInteger(max);
	}

	int max() {
		return this.max;
	}

	int free() {
		return this.free.get();
	}

	/**
	 * Take permits.
	 * @param most how many at most
	 * @return how many were taken, possibly none
	 */
	int take(int most) {
		int before = this.free.getAndUpdate((count) -> count - Math.max(0, Math.min(count, most)));
		return Math.max(0, Math.min(before, most));
	}

	/**
	 * Take permits for events that came though nobody asked for them, even if none is
	 * free.
	 */
	void takeAnyway(int count) {
		this.free.addAndGet(-count);
	}

	void giveBack(int count) {
		if (count == 0) {
			return;
		}
		int now = this.free.addAndGet(count);
		if (this.awaited && now >= this.max) {
			this.allReturned.tryEmitEmpty();
		}
		this.onReturn.run();
	}

	/**
	 * Return a {@code Mono} that completes when each permit is back. To be called when no
	 * more are taken.
	 */
	Mono<Void> allReturned() {
		this.awaited = true;
		if (free() >= this.max) {
			this.allReturned.tryEmitEmpty();
		}
		return this.allReturned.asMono();
	}

}
