package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import reactor.core.scheduler.Scheduler;

/**
 * Collects events for settlements of one verb. There is one timer a lane, not one an
 * event: it may find that less than the linger time has passed for some, never more.
 */
final class SettlementLane {

	private final Queue<InFlightEvent> collected = new ConcurrentLinkedQueue<>();

	private final AtomicInteger size = new AtomicInteger();

	private final AtomicBoolean timer = new AtomicBoolean();

	private final int batch;

	private final long linger;

	private final Scheduler scheduler;

	private final Consumer<List<InFlightEvent>> sender;

	SettlementLane(int batch, Duration linger, Scheduler scheduler, Consumer<List<InFlightEvent>> sender) {
		this.batch = batch;
		this.linger = linger.toNanos();
		this.scheduler = scheduler;
		this.sender = sender;
	}

	void add(InFlightEvent event) {
		this.collected.add(event);
		if (this.size.incrementAndGet() >= this.batch) {
			sendBatch();
		}
	}

	/**
	 * Send what is collected when the linger time is over, at the latest.
	 */
	void flushSoon() {
		if (this.collected.isEmpty() || this.timer.get()) {
			return;
		}
		if (this.linger == 0) {
			flush();
		}
		else if (this.timer.compareAndSet(false, true)) {
			this.scheduler.schedule(this::lingered, this.linger, TimeUnit.NANOSECONDS);
		}
	}

	void flush() {
		while (!this.collected.isEmpty()) {
			sendBatch();
		}
	}

	private void lingered() {
		// Before the flush: who adds from now on needs a timer of its own.
		this.timer.set(false);
		flush();
	}

	private void sendBatch() {
		List<InFlightEvent> events = new ArrayList<>(Math.min(this.batch, Math.max(1, this.size.get())));
		InFlightEvent event = this.collected.poll();
		while (event != null) {
			events.add(event);
			event = (events.size() < this.batch) ? this.collected.poll() : null;
		}
		if (events.isEmpty()) {
			return;
		}
		this.size.addAndGet(-events.size());
		this.sender.accept(events);
	}

}
