package dev.reactiveazure.emulator.eventgrid;

import java.util.ArrayList;
import java.util.List;

/**
 * The growing history of one event on one subscription. It outlives the event and so does
 * not hold its bytes. Guarded by the lock of its {@link SubscriptionQueue}.
 */
final class EventTrail {

	private final String eventId;

	private final String source;

	private final List<EventStep> steps = new ArrayList<>(3);

	EventTrail(StoredEvent event) {
		this.eventId = event.id();
		this.source = event.source();
	}

	void add(EventStep step) {
		this.steps.add(step);
	}

	boolean isAbout(String id) {
		return this.eventId.equals(id);
	}

	EventHistory snapshot() {
		return new EventHistory(this.eventId, this.source, this.steps);
	}

}
