package dev.reactiveazure.tables;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Takes one certain wait for over as soon as it begins, and counts it.
 */
final class HurriedScheduler implements Scheduler {

	private final Scheduler scheduler = Schedulers.parallel();

	private final long wait;

	private final AtomicInteger waits = new AtomicInteger();

	HurriedScheduler(Duration wait) {
		this.wait = wait.toNanos();
	}

	int waits() {
		return this.waits.get();
	}

	@Override
	public Disposable schedule(Runnable task) {
		return this.scheduler.schedule(task);
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		if (unit.toNanos(delay) != this.wait) {
			return this.scheduler.schedule(task, delay, unit);
		}
		this.waits.incrementAndGet();
		return this.scheduler.schedule(task);
	}

	@Override
	public Worker createWorker() {
		return this.scheduler.createWorker();
	}

	@Override
	public long now(TimeUnit unit) {
		return this.scheduler.now(unit);
	}

}
