package dev.reactiveazure.eventgrid.listener;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Events that are handled together. Each has a run of its own, through the interceptors
 * to its seat here and from here to its settlement. When it is known of each whether it
 * takes its seat, those that do are handled with one call, or with one for each handler.
 */
final class Batch {

	private final Lock lock = new ReentrantLock();

	private final Map<BatchAdapter, List<BatchSeat>> taken = new LinkedHashMap<>();

	private final HandlerSlot slot;

	/** Of how many events it is not known yet whether they take their seat. */
	private int awaited;

	private Batch(int size, HandlerSlot slot) {
		this.awaited = size;
		this.slot = slot;
	}

	/**
	 * Begin to handle events.
	 * @param slot is held once, for the batch
	 */
	static void start(List<InFlightEvent> events, HandlerSetting setting, HandlerSlot slot) {
		Batch batch = new Batch(events.size(), slot);
		List<HandlerRun> begun = new ArrayList<>(events.size());
		for (InFlightEvent event : events) {
			slot.hold();
			HandlerRun run = new HandlerRun(event, setting, new BatchSeat(batch, slot));
			if (run.begin()) {
				begun.add(run);
			}
		}
		if (!begun.isEmpty()) {
			HandlingObservation observation = setting.observations()
				.start(begun.stream().map(HandlerRun::received).toList());
			begun.forEach((run) -> run.handle(observation));
		}
	}

	void taken(BatchSeat seat, BatchAdapter adapter) {
		arrived(() -> this.taken.computeIfAbsent(adapter, (key) -> new ArrayList<>()).add(seat));
	}

	/**
	 * Note that an event does not take its seat.
	 */
	void vacated() {
		arrived(() -> {
		});
	}

	private void arrived(Runnable noting) {
		this.lock.lock();
		try {
			noting.run();
			this.awaited--;
			if (this.awaited > 0) {
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		this.taken.forEach((adapter, seats) -> new BatchCall(adapter, seats, this.slot).begin());
		this.slot.leave();
	}

}
