package dev.reactiveazure.eventgrid.docs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What listener and template promise, by number. {@link RequirementTableTests} makes the
 * table of the guide of it.
 */
final class ListenerRequirements {

	/**
	 * Those that nobody has proven yet. A gap outside of this list, or a test of one
	 * inside of it, fails the build: it can only become shorter.
	 */
	static final Set<String> OPEN = Set.of();

	/** Those whose tests are in other modules. */
	static final Map<String, String> ELSEWHERE = Map.of("L28",
			"Boot's integration: each option as property, customizer and attribute", "L37",
			"Boot's integration: health and actuator endpoint", "L40", "Emulator, test slice and sample application");

	static final Map<String, String> TITLES = titles();

	private ListenerRequirements() {
	}

	private static Map<String, String> titles() {
		Map<String, String> titles = new LinkedHashMap<>();
		titles.put("L1", "A receive asks for no more events than may be locked, and 100 at most");
		titles.put("L2", "Freed room is received for at once, though other handlers hang");
		titles.put("L3", "One receive is open when idle, more under backlog, one again when empty");
		titles.put("L4", "Failed receives back off with jitter, as long as the service asks for");
		titles.put("L5", "A receive that is never answered is replaced");
		titles.put("L6", "Waiting receives never delay settlements");
		titles.put("L7", "Many events a second, and as many handlers at a time as configured");
		titles.put("L8", "Events are acknowledged by the container, or by the handler where told so");
		titles.put("L9", "Each event ends once, and its state never goes back");
		titles.put("L10", "A handler can settle by itself and learns what the service said");
		titles.put("L11", "Settlements share requests, without waiting when there is nothing to wait for");
		titles.put("L12", "A settlement that fails in part is matched by lock token and tried again");
		titles.put("L13", "A failed event comes back after a delay that fits its deliveries");
		titles.put("L14", "Poison events go to a recoverer, and are acknowledged only after it has them");
		titles.put("L15", "An event that a handler forgot to settle is reported and given back");
		titles.put("L16", "Errors are classified by their causes; nothing is rejected by default");
		titles.put("L17", "All failures take one path, and none of them costs a permit");
		titles.put("L18", "Locks of running events are renewed together");
		titles.put("L19", "A lost lock cancels the handler and suppresses the acknowledgement");
		titles.put("L20", "Short handlers cost no renewals");
		titles.put("L21", "A method becomes a listener by an annotation; mistakes end the start");
		titles.put("L22", "A handler takes what it needs of an event");
		titles.put("L23", "A handler may block or return what completes later");
		titles.put("L24", "A batch handler decides about each of its events");
		titles.put("L25", "What a handler returns is published before its event is acknowledged");
		titles.put("L26", "Blocking handlers run on threads of their own and can be timed out");
		titles.put("L27", "Interceptors see each event, and can skip it");
		titles.put("L28", "Each option can be set in each layer");
		titles.put("L29", "A stop leaves no lock behind");
		titles.put("L30", "Containers stop together, within their time-out");
		titles.put("L31", "Listeners are found, started and stopped at run time, and leave nothing behind");
		titles.put("L32", "A paused listener receives nothing, and goes on at once");
		titles.put("L33", "A container that cannot go on says so, and one that can again recovers");
		titles.put("L34", "Observations always have the same keys");
		titles.put("L35", "The trace goes on from the event to handler and settlement");
		titles.put("L36", "Meters tell how loop, handlers and settlements are doing");
		titles.put("L37", "Health and an endpoint tell of each container");
		titles.put("L38", "Objects are published as events in one call");
		titles.put("L39", "Streams are published in requests that fit, with a result for each event");
		titles.put("L40", "Applications can be tested without Azure");
		return titles;
	}

}
