package dev.reactiveazure.emulator.eventgrid;

import java.util.List;
import java.util.function.Consumer;

/**
 * What one receive got, possibly nothing. Knows whether it reached the HTTP layer, which
 * from then on tells its fate.
 */
final class ReceivedBatch {

	private final List<LockedEvent> events;

	private final Consumer<ReceivedBatch> unread;

	private volatile boolean handedOver;

	ReceivedBatch(List<LockedEvent> events, Consumer<ReceivedBatch> unread) {
		this.events = events;
		this.unread = unread;
	}

	List<LockedEvent> events() {
		return this.events;
	}

	void handedOver() {
		this.handedOver = true;
	}

	boolean isHandedOver() {
		return this.handedOver;
	}

	/**
	 * Says that nobody will ever read this batch.
	 */
	void lost() {
		if (!this.events.isEmpty()) {
			this.unread.accept(this);
		}
	}

}
