package dev.reactiveazure.eventgrid.listener;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.reactiveazure.eventgrid.ReleaseDelay;

/**
 * Starts handlers for waiting events, never more than {@code concurrency} at a time.
 * Several threads may start handlers at the same time: each that brings events or a free
 * slot starts what can be started.
 */
final class Dispatcher {

	private final Queue<InFlightEvent> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger freeSlots;

	private final int concurrency;

	private final HandlerSetting setting;

	private volatile boolean stopped;

	private volatile boolean givingBack;

	Dispatcher(int concurrency, HandlerSetting setting) {
		this.concurrency = concurrency;
		this.freeSlots = new AtomicInteger(concurrency);
		this.setting = setting;
	}

	void dispatch(Collection<InFlightEvent> events) {
		this.waiting.addAll(events);
		startWaiting();
	}

	/**
	 * Start no more handlers.
	 */
	void stop() {
		this.stopped = true;
	}

	/**
	 * Give back the events that wait, and those that come from now on. To be called when
	 * stopped and no poll is open: it would receive them again at once.
	 */
	void giveBack() {
		this.givingBack = true;
		giveBackWaiting();
	}

	int running() {
		return this.concurrency - this.freeSlots.get();
	}

	/**
	 * Take back the slot of a handler that ended.
	 */
	void freeSlot() {
		this.freeSlots.incrementAndGet();
	}

	void startWaiting() {
		while (!this.waiting.isEmpty()) {
			if (this.stopped) {
				giveBackWaiting();
				return;
			}
			if (!takeSlot()) {
				return;
			}
			InFlightEvent event = this.waiting.poll();
			if (event == null) {
				// Another thread was faster; whoever adds the next event may have seen no
				// slot.
				freeSlot();
				continue;
			}
			HandlerSlot slot = new HandlerSlot(this);
			slot.start(new HandlerRun(event, this.setting, slot));
		}
	}

	private boolean takeSlot() {
		return this.freeSlots.getAndUpdate((free) -> Math.max(0, free - 1)) > 0;
	}

	private void giveBackWaiting() {
		if (!this.givingBack) {
			return;
		}
		InFlightEvent event = this.waiting.poll();
		while (event != null) {
			this.setting.settlements().settle(event, Disposition.release(ReleaseDelay.NONE));
			event = this.waiting.poll();
		}
	}

}
