package dev.reactiveazure.emulator.eventgrid;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Checks one event in Event Grid's own schema while a parser passes over it. Used for one
 * event.
 */
final class EventGridEventCheck {

	private static final List<String> REQUIRED = List.of("id", "subject", "data", "eventType", "eventTime",
			"dataVersion");

	private static final Set<String> OPTIONAL = Set.of("topic", "metadataVersion");

	private final Set<String> missing = new LinkedHashSet<>(REQUIRED);

	/**
	 * Reads to the end of the object whose start is the parser's current token.
	 * @throws Problem if the event is not valid
	 */
	void read(JsonParser parser) {
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			readMember(name, parser.nextToken(), parser);
			this.missing.remove(name);
		}
		if (!this.missing.isEmpty()) {
			throw Problem.badRequest("This resource is configured for 'EventGridEvent' schema. Required property '"
					+ this.missing.iterator().next() + "' is missing in JSON.");
		}
	}

	private static void readMember(String name, JsonToken value, JsonParser parser) {
		if (!REQUIRED.contains(name) && !OPTIONAL.contains(name)) {
			throw Problem.badRequest("This resource is configured for 'EventGridEvent' schema. Received unexpected "
					+ "property '" + name + "' in JSON which does not conform to the expected schema.");
		}
		if (name.equals("data")) {
			parser.skipChildren();
			return;
		}
		if (OPTIONAL.contains(name) && value == JsonToken.VALUE_NULL) {
			return;
		}
		if (value != JsonToken.VALUE_STRING) {
			throw Problem.badRequest("Property '" + name + "' must be a string.");
		}
		requireValue(name, parser.getString());
	}

	private static void requireValue(String name, String value) {
		boolean valid = switch (name) {
			case "id", "eventType" -> !value.isEmpty();
			case "eventTime" -> Rfc3339.matches(value);
			case "metadataVersion" -> value.equals("1");
			default -> true;
		};
		if (!valid) {
			throw Problem.badRequest("Property '" + name + "' has an invalid value.");
		}
	}

}
