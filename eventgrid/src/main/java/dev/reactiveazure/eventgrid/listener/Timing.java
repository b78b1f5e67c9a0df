package dev.reactiveazure.eventgrid.listener;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

import reactor.core.scheduler.Scheduler;

/**
 * The container's time and chance: one scheduler for all timers, one source of jitter.
 *
 * @param scheduler runs timers and tells the time
 * @param random gives numbers from 0 (inclusive) to 1 (exclusive)
 */
record Timing(Scheduler scheduler, DoubleSupplier random) {

	/**
	 * Return the time of the scheduler.
	 * @return milliseconds
	 */
	long now() {
		return this.scheduler.now(TimeUnit.MILLISECONDS);
	}

}
