package dev.reactiveazure.emulator.eventgrid;

import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * Which events of a topic a subscription wants. Those it does not want are skipped in
 * silence.
 *
 * @param includedEventTypes the wanted values of {@code type}, compared without regard to
 * case; empty for all
 * @param filters conditions that must all hold; at most 25, with at most 25 values in all
 */
public record EventFilters(List<String> includedEventTypes, List<EventFilter> filters) {

	/** Wants every event. */
	public static final EventFilters NONE = new EventFilters(List.of(), List.of());

	private static final int LIMIT = 25;

	/**
	 * Checks the limits.
	 * @throws IllegalArgumentException if there are too many filters or values
	 */
	public EventFilters {
		includedEventTypes = List.copyOf(includedEventTypes);
		filters = List.copyOf(filters);
		if (filters.size() > LIMIT || filters.stream().mapToInt((filter) -> filter.values().size()).sum() > LIMIT) {
			throw new IllegalArgumentException(
					"A subscription has at most " + LIMIT + " event filters with " + LIMIT + " values in all");
		}
	}

	/**
	 * Wants the events for which all filters hold.
	 * @param filters the filters
	 * @return the filters of a subscription
	 * @throws IllegalArgumentException if there are too many filters or values
	 */
	public static EventFilters allOf(EventFilter... filters) {
		return new EventFilters(List.of(), List.of(filters));
	}

	boolean wantEverything() {
		return this.includedEventTypes.isEmpty() && this.filters.isEmpty();
	}

	boolean match(JsonNode event) {
		return isIncludedType(event) && this.filters.stream().allMatch((filter) -> filter.matches(event));
	}

	private boolean isIncludedType(JsonNode event) {
		String type = event.path("type").asString();
		return this.includedEventTypes.isEmpty() || this.includedEventTypes.stream().anyMatch(type::equalsIgnoreCase);
	}

}
