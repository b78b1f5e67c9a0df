package dev.reactiveazure.emulator.eventgrid;

import java.util.List;

/**
 * Everything that happened to one published event on one subscription, oldest first.
 *
 * @param eventId the attribute {@code id}
 * @param source the attribute {@code source}
 * @param steps the steps, immutable, starting with {@link EventStep.Kind#PUBLISHED}
 */
public record EventHistory(String eventId, String source, List<EventStep> steps) {

	public EventHistory {
		steps = List.copyOf(steps);
	}

	/**
	 * Counts the steps of a kind.
	 * @param kind the kind to count
	 * @return how often it happened
	 */
	public int count(EventStep.Kind kind) {
		return (int) this.steps.stream().filter((step) -> step.kind() == kind).count();
	}

}
