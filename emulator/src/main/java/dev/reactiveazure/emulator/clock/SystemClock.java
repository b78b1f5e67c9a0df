package dev.reactiveazure.emulator.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Follows the machine's clock.
 */
final class SystemClock implements EmulatorClock {

	private final Clock clock = Clock.systemUTC();

	private final ScheduledThreadPoolExecutor scheduler;

	SystemClock() {
		this.scheduler = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "reactiveazure-emulator-clock");
			thread.setDaemon(true);
			return thread;
		}, new ThreadPoolExecutor.DiscardPolicy());
		this.scheduler.setRemoveOnCancelPolicy(true);
		this.scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	@Override
	public Instant now() {
		return this.clock.instant();
	}

	@Override
	public Timer schedule(Duration delay, Runnable task) {
		Future<?> future = this.scheduler.schedule(task, Math.max(0, TimeUnit.NANOSECONDS.convert(delay)),
				TimeUnit.NANOSECONDS);
		return () -> future.cancel(false);
	}

	@Override
	public void close() {
		this.scheduler.shutdownNow();
	}

}
