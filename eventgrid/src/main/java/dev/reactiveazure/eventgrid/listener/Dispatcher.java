package dev.reactiveazure.eventgrid.listener;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.reactiveazure.eventgrid.ReleaseDelay;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Starts handlers for waiting events, never more than {@code concurrency} at a time.
 * Several threads may start handlers at the same time: each that brings events or a free
 * slot starts what can be started.
 */
final class Dispatcher {

	private final WaitingEvents waiting;

	private final AtomicInteger freeSlots;

	private final int concurrency;

	private final HandlerSetting setting;

	/** How many handlers may run, at most the concurrency. */
	private volatile int allowed;

	private final Sinks.Empty<Void> allEnded = Sinks.empty();

	private volatile boolean stopped;

	private volatile boolean givingBack;

	private volatile boolean givingAllBack;

	Dispatcher(int concurrency, WaitingEvents waiting, HandlerSetting setting) {
		this.waiting = waiting;
		this.concurrency = concurrency;
		this.freeSlots = new AtomicInteger(concurrency);
		this.allowed = concurrency;
		this.setting = setting;
	}

	void dispatch(Collection<InFlightEvent> events) {
		events.forEach(this.waiting::add);
		startWaiting();
	}

	/**
	 * Set how many handlers may run at a time; those that run go on. Has no effect after
	 * {@link #stop()}.
	 * @param handlers the number, 0 to begin no more; more than the concurrency counts as
	 * the concurrency
	 */
	void allow(int handlers) {
		this.allowed = Math.min(handlers, this.concurrency);
		startWaiting();
	}

	/**
	 * Start no more handlers.
	 */
	void stop() {
		this.stopped = true;
	}

	/**
	 * Give back the events that wait and may not begin, and those that come from now on.
	 * To be called when no poll is open: it would receive them again at once.
	 */
	void giveBack() {
		this.givingBack = true;
		startWaiting();
	}

	/**
	 * Let events wait again for their turn.
	 */
	void keepWaiting() {
		this.givingBack = false;
	}

	/**
	 * Give back all events that wait and that come from now on, for good.
	 */
	void giveAllBack() {
		this.givingAllBack = true;
		startWaiting();
	}

	/**
	 * Let no event wait any longer that has lost its lock.
	 */
	void dropEnded() {
		this.waiting.dropEnded();
		startWaiting();
	}

	boolean hasWaiting() {
		return !this.waiting.isEmpty();
	}

	int running() {
		return this.concurrency - this.freeSlots.get();
	}

	/**
	 * Take back the slot of a handler that ended.
	 * @param key the key of its event, {@code null} if it had none
	 */
	void freeSlot(@Nullable Object key) {
		this.waiting.ended(key);
		if (this.freeSlots.incrementAndGet() >= this.concurrency && this.stopped) {
			this.allEnded.tryEmitEmpty();
		}
	}

	/**
	 * Return a {@code Mono} that completes when no handler runs. To be called after
	 * {@link #stop()}. A handler can run longer than its event is in flight: one that
	 * settled it by itself.
	 */
	Mono<Void> allEnded() {
		if (running() == 0) {
			this.allEnded.tryEmitEmpty();
		}
		return this.allEnded.asMono();
	}

	/**
	 * Cancel the handlers that run. The fate of their events must be sealed before.
	 * @return how many there were
	 */
	int cancelRunning() {
		return this.setting.running().cancel();
	}

	void startWaiting() {
		while (!this.waiting.isEmpty()) {
			if (!takeSlot()) {
				break;
			}
			WaitingEvents.Ready next = this.waiting.poll();
			if (next == null) {
				// Another thread was faster; whoever adds the next event may have seen no
				// slot.
				freeSlot(null);
				continue;
			}
			start(next);
		}
		giveBackWaiting();
	}

	private void start(WaitingEvents.Ready next) {
		DispatcherSlot slot = new DispatcherSlot(this, next.key());
		if (this.setting.batchSize() > 0) {
			List<InFlightEvent> events = batch(next.event());
			slot.start(() -> Batch.start(events, this.setting, slot));
			return;
		}
		HandlerSetting effective = (next.failure() != null) ? this.setting.failing(next.failure()) : this.setting;
		slot.start(new HandlerRun(next.event(), effective, slot)::start);
	}

	/**
	 * Take more events, as far as they wait already. They have no keys.
	 */
	private List<InFlightEvent> batch(InFlightEvent first) {
		List<InFlightEvent> events = new ArrayList<>();
		events.add(first);
		while (events.size() < this.setting.batchSize()) {
			WaitingEvents.Ready next = this.waiting.poll();
			if (next == null) {
				break;
			}
			events.add(next.event());
		}
		return events;
	}

	private int mostRunning() {
		return this.stopped ? 0 : this.allowed;
	}

	private boolean takeSlot() {
		int kept = this.concurrency - mostRunning();
		return this.freeSlots.getAndUpdate((free) -> (free > kept) ? free - 1 : free) > kept;
	}

	private void giveBackWaiting() {
		if (!this.givingAllBack && (!this.givingBack || running() < mostRunning())) {
			return;
		}
		InFlightEvent event = this.waiting.pollAny();
		while (event != null) {
			this.setting.settlements().settle(event, Disposition.release(ReleaseDelay.NONE));
			event = this.waiting.pollAny();
		}
	}

}
