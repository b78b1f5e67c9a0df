package dev.reactiveazure.emulator.clock;

import java.time.Duration;
import java.time.Instant;

/**
 * Tells the time and fires timers for everything in the emulator that depends on time:
 * locks, long polls, signatures, timestamps. Implementations are thread-safe.
 */
public interface EmulatorClock extends AutoCloseable {

	/**
	 * The current time of the emulator.
	 * @return the time, never null
	 */
	Instant now();

	/**
	 * Runs a task once, when the delay has passed on this clock.
	 * @param delay the delay; zero and negative delays are due at once, but still never
	 * run on the calling thread before this method returns
	 * @param task the task; it must not block
	 * @return the timer, to cancel it
	 */
	Timer schedule(Duration delay, Runnable task);

	/**
	 * Drops all timers and gives up the clock's thread, if it has one. Idempotent. A
	 * closed clock still tells the time but fires nothing.
	 */
	@Override
	default void close() {
	}

	/**
	 * A clock that follows the machine's time and fires timers on one daemon thread.
	 * @return a new clock, to be closed by the caller
	 */
	static EmulatorClock system() {
		return new SystemClock();
	}

	/**
	 * A task that waits for its time.
	 */
	interface Timer {

		/**
		 * Prevents the task from running if it has not started. Idempotent.
		 */
		void cancel();

	}

}
