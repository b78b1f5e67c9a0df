package dev.reactiveazure.eventgrid.listener.simulation;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.reactiveazure.emulator.clock.EmulatorClock;
import dev.reactiveazure.emulator.clock.MovableClock;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Runs every task on the thread that moves a clock, when its time has come.
 */
final class ClockScheduler implements Scheduler {

	private final MovableClock clock;

	ClockScheduler(MovableClock clock) {
		this.clock = clock;
	}

	@Override
	public long now(TimeUnit unit) {
		return unit.convert(this.clock.now().toEpochMilli(), TimeUnit.MILLISECONDS);
	}

	@Override
	public Disposable schedule(Runnable task) {
		return schedule(task, 0, TimeUnit.MILLISECONDS);
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		Timed timed = new Timed(task);
		timed.timer = this.clock.schedule(Duration.ofNanos(unit.toNanos(delay)), timed);
		return timed;
	}

	@Override
	public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
		Repeated repeated = new Repeated(task, period, unit);
		repeated.next = schedule(repeated, initialDelay, unit);
		return repeated;
	}

	@Override
	public Worker createWorker() {
		return new Worker() {

			private final AtomicBoolean disposed = new AtomicBoolean();

			@Override
			public Disposable schedule(Runnable task) {
				return schedule(task, 0, TimeUnit.MILLISECONDS);
			}

			@Override
			public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
				return ClockScheduler.this.schedule(() -> run(task), delay, unit);
			}

			private void run(Runnable task) {
				if (!isDisposed()) {
					task.run();
				}
			}

			@Override
			public void dispose() {
				this.disposed.set(true);
			}

			@Override
			public boolean isDisposed() {
				return this.disposed.get();
			}

		};
	}

	/**
	 * A task that waits for its time, unless it is disposed of.
	 */
	private static final class Timed implements Runnable, Disposable {

		private final Runnable task;

		private final AtomicBoolean done = new AtomicBoolean();

		private volatile EmulatorClock.Timer timer = () -> {
		};

		Timed(Runnable task) {
			this.task = task;
		}

		@Override
		public void run() {
			if (this.done.compareAndSet(false, true)) {
				this.task.run();
			}
		}

		@Override
		public void dispose() {
			this.done.set(true);
			this.timer.cancel();
		}

		@Override
		public boolean isDisposed() {
			return this.done.get();
		}

	}

	/**
	 * A task that comes again.
	 */
	private final class Repeated implements Runnable, Disposable {

		private final Runnable task;

		private final long period;

		private final TimeUnit unit;

		private volatile boolean disposed;

		private volatile Disposable next = () -> {
		};

		Repeated(Runnable task, long period, TimeUnit unit) {
			this.task = task;
			this.period = period;
			this.unit = unit;
		}

		@Override
		public void run() {
			if (this.disposed) {
				return;
			}
			this.task.run();
			this.next = schedule(this, this.period, this.unit);
		}

		@Override
		public void dispose() {
			this.disposed = true;
			this.next.dispose();
		}

	}

}
