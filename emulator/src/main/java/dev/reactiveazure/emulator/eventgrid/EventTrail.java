package dev.reactiveazure.emulator.eventgrid;

import java.util.ArrayList;
import java.util.List;

/**
 * The growing history of one event on one subscription. Guarded by the lock of its
 * {@link SubscriptionQueue}.
 */
final class EventTrail {

	private final StoredEvent event;

	private final List<EventStep> steps = new ArrayList<>(3);

	EventTrail(StoredEvent event) {
		this.event = event;
	}

	void add(EventStep step) {
		this.steps.add(step);
	}

	boolean isAbout(String eventId) {
		return this.event.id().equals(eventId);
	}

	EventHistory snapshot() {
		return new EventHistory(this.event.id(), this.event.source(), this.steps);
	}

}
