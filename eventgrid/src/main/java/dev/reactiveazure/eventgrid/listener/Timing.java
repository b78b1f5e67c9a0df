package dev.reactiveazure.eventgrid.listener;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The container's time and chance: one scheduler for all timers, one source of jitter.
 *
 * @param scheduler runs timers
 * @param clock tells the time in milliseconds, from any origin; does not jump when the
 * machine's clock is set
 * @param random gives numbers from 0 (inclusive) to 1 (exclusive)
 */
record Timing(Scheduler scheduler, LongSupplier clock, DoubleSupplier random) {

	/**
	 * Return the time of the machine, which goes forward evenly.
	 */
	static Timing ofMachine(DoubleSupplier random) {
		return new Timing(Schedulers.parallel(), () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), random);
	}

	/**
	 * Return the time of a scheduler.
	 */
	static Timing of(Scheduler scheduler, DoubleSupplier random) {
		return new Timing(scheduler, () -> scheduler.now(TimeUnit.MILLISECONDS), random);
	}

	/**
	 * Return the time.
	 * @return milliseconds
	 */
	long now() {
		return this.clock.getAsLong();
	}

}
