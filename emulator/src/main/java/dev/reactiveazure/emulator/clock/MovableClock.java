package dev.reactiveazure.emulator.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

/**
 * Stands still until it is moved, and fires the timers it passes on the thread that moves
 * it. So a test can live through hours in milliseconds, in a fixed order.
 */
public final class MovableClock implements EmulatorClock {

	private final Object monitor = new Object();

	private final PriorityQueue<Pending> pending = new PriorityQueue<>(
			Comparator.comparing(Pending::due).thenComparing(Pending::number));

	private Instant now;

	private long scheduled;

	private MovableClock(Instant start) {
		this.now = start;
	}

	/**
	 * Creates a clock that shows the given time until it is moved.
	 * @param start the first time it shows
	 * @return a new clock
	 */
	public static MovableClock startingAt(Instant start) {
		return new MovableClock(start);
	}

	@Override
	public Instant now() {
		synchronized (this.monitor) {
			return this.now;
		}
	}

	@Override
	public Timer schedule(Duration delay, Runnable task) {
		synchronized (this.monitor) {
			Pending timer = new Pending(this.now.plus(delay.isNegative() ? Duration.ZERO : delay), this.scheduled++,
					task);
			this.pending.add(timer);
			return () -> cancel(timer);
		}
	}

	/**
	 * Moves the clock forward and fires, on the calling thread, every timer that becomes
	 * due, in the order of their times; each sees the clock at its own due time. Timers
	 * that a task schedules fire too if they fall within the move. An exception of a task
	 * is thrown to the caller; the clock then stands at that task's time.
	 * @param amount how far to move; zero fires what is due now
	 * @throws IllegalArgumentException if the amount is negative
	 */
	public void advance(Duration amount) {
		if (amount.isNegative()) {
			throw new IllegalArgumentException("A clock cannot go back: " + amount);
		}
		Instant target = now().plus(amount);
		for (Pending next = nextUntil(target); next != null; next = nextUntil(target)) {
			next.task().run();
		}
		synchronized (this.monitor) {
			moveTo(target);
		}
	}

	/**
	 * The time at which the next timer is due.
	 * @return the time, or null if no timer waits
	 */
	public @Nullable Instant nextTimer() {
		synchronized (this.monitor) {
			Pending next = this.pending.peek();
			return (next != null) ? next.due() : null;
		}
	}

	@Override
	public void close() {
		synchronized (this.monitor) {
			this.pending.clear();
		}
	}

	private @Nullable Pending nextUntil(Instant target) {
		synchronized (this.monitor) {
			Pending next = this.pending.peek();
			if (next == null || next.due().isAfter(target)) {
				return null;
			}
			this.pending.remove(next);
			moveTo(next.due());
			return next;
		}
	}

	private void moveTo(Instant time) {
		if (time.isAfter(this.now)) {
			this.now = time;
		}
	}

	private void cancel(Pending timer) {
		synchronized (this.monitor) {
			this.pending.remove(timer);
		}
	}

	private record Pending(Instant due, long number, Runnable task) {

	}

}
