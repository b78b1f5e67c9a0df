package dev.reactiveazure.eventgrid.listener;

import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The budget of events that may be locked at a time. A poll takes permits for as many
 * events as it asks for; what it did not use comes back with its answer, the others when
 * their events end.
 * <p>
 * The permit of an event whose settlement is on its way can be lent meanwhile: it counts
 * as free, though it is not back. Never more are on loan than there are permits, so that
 * settlements that don't come through can't let the number of events grow without bound.
 */
final class Permits {

	private final int max;

	private final boolean areLent;

	private final Runnable onReturn;

	private final AtomicInteger free;

	private final AtomicInteger taken = new AtomicInteger();

	private final AtomicInteger lent = new AtomicInteger();

	private final Sinks.Empty<Void> allReturned = Sinks.empty();

	private volatile boolean awaited;

	Permits(int max, Runnable onReturn) {
		this(max, false, onReturn);
	}

	Permits(int max, boolean areLent, Runnable onReturn) {
		this.max = max;
		this.areLent = areLent;
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
		int count = Math.max(0, Math.min(before, most));
		this.taken.addAndGet(count);
		return count;
	}

	/**
	 * Take permits for events that came though nobody asked for them, even if none is
	 * free.
	 */
	void takeAnyway(int count) {
		this.free.addAndGet(-count);
		this.taken.addAndGet(count);
	}

	void giveBack(int count) {
		giveBack(count, 0);
	}

	/**
	 * Give permits back, of which some were on loan.
	 */
	void giveBack(int count, int onLoan) {
		if (count == 0) {
			return;
		}
		this.lent.addAndGet(-onLoan);
		this.free.addAndGet(count - onLoan);
		int left = this.taken.addAndGet(-count);
		if (this.awaited && left <= 0) {
			this.allReturned.tryEmitEmpty();
		}
		this.onReturn.run();
	}

	// == Loans ==

	/**
	 * Return whether permits are to be lent.
	 */
	boolean areLent() {
		return this.areLent;
	}

	/**
	 * Lend a permit that is not back yet.
	 * @return {@code false} if enough are on loan
	 */
	boolean lend() {
		int before = this.lent.getAndUpdate((count) -> Math.min(this.max, count + 1));
		if (before >= this.max) {
			return false;
		}
		this.free.incrementAndGet();
		return true;
	}

	/**
	 * Take a permit off loan, even if that leaves fewer than none free.
	 */
	void callIn() {
		this.lent.decrementAndGet();
		this.free.decrementAndGet();
	}

	/**
	 * Have it looked at what is free, after permits were lent.
	 */
	void changed() {
		this.onReturn.run();
	}

	/**
	 * Return a {@code Mono} that completes when each permit is back. To be called when no
	 * more are taken.
	 */
	Mono<Void> allReturned() {
		this.awaited = true;
		if (this.taken.get() <= 0) {
			this.allReturned.tryEmitEmpty();
		}
		return this.allReturned.asMono();
	}

}
