package dev.reactiveazure.emulator.eventgrid;

import java.time.Duration;
import java.time.Instant;

import dev.reactiveazure.emulator.clock.EmulatorClock;
import dev.reactiveazure.emulator.clock.EmulatorClock.Timer;
import org.jspecify.annotations.Nullable;

/**
 * One timer that goes off at or before the time it was last asked for. Ringing too early
 * is cheap, while moving a timer for every lock would not be. Guarded by its owner's
 * lock, except that the task runs without it.
 */
final class Alarm {

	private final EmulatorClock clock;

	private final Runnable task;

	private @Nullable Timer timer;

	private @Nullable Instant at;

	Alarm(EmulatorClock clock, Runnable task) {
		this.clock = clock;
		this.task = task;
	}

	/**
	 * Makes sure that the alarm goes off at the given time or earlier.
	 * @param now the current time
	 * @param latest the time, null for none
	 */
	void setAtLatest(Instant now, @Nullable Instant latest) {
		if (latest == null || (this.at != null && !this.at.isAfter(latest))) {
			return;
		}
		cancel();
		this.at = latest;
		this.timer = this.clock.schedule(Duration.between(now, latest), this.task);
	}

	/**
	 * Says that the alarm went off. The machine's timers may be a little ahead of its
	 * clock, so only this tells that a new one is needed.
	 */
	void rang() {
		this.at = null;
	}

	void cancel() {
		if (this.timer != null) {
			this.timer.cancel();
		}
		this.timer = null;
		this.at = null;
	}

}
