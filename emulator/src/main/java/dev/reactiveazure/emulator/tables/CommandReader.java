package dev.reactiveazure.emulator.tables;

import java.util.Map;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.reactiveazure.emulator.http.Headers;

/**
 * Reads a write from verb, address, headers and body; the same for single requests and
 * the parts of a transaction.
 */
final class CommandReader {

	private final EntityReader entities;

	CommandReader(EntityReader entities) {
		this.entities = entities;
	}

	EntityCommand insert(Headers headers, byte[] body) {
		checkContentType(headers.first("Content-Type"));
		IncomingEntity entity = this.entities.read(body);
		EntityKey key = entity.key();
		Limits.checkBodyKey(key);
		return new EntityCommand.Insert(key, entity.properties());
	}

	EntityCommand change(String verb, EntityKey key, Headers headers, byte[] body) {
		IfMatch condition = IfMatch.of(headers);
		return switch (verb) {
			case "PUT" -> new EntityCommand.Replace(key, condition, properties(headers, body));
			case "MERGE" -> new EntityCommand.Merge(key, condition, properties(headers, body));
			case "DELETE" -> new EntityCommand.Delete(key, mandatory(condition));
			default -> throw Refusal.methodNotAllowed();
		};
	}

	/**
	 * The properties of a change; keys in its body are read, but the address decides.
	 */
	private Map<String, EdmValue> properties(Headers headers, byte[] body) {
		checkContentType(headers.first("Content-Type"));
		return this.entities.read(body).properties();
	}

	private static IfMatch mandatory(IfMatch condition) {
		if (condition instanceof IfMatch.Absent) {
			throw new Refusal(400, "MissingRequiredHeader",
					"An HTTP header that's mandatory for this request is not specified.");
		}
		return condition;
	}

	static void checkContentType(@Nullable String contentType) {
		if (contentType == null) {
			return;
		}
		String type = contentType.toLowerCase(Locale.ROOT);
		if (type.startsWith("application/atom")) {
			throw new Refusal(415, "AtomFormatNotSupported", "Atom format is not supported.");
		}
		if (!type.startsWith("application/json")) {
			throw new Refusal(415, "MediaTypeNotSupported", "None of the provided media types are supported");
		}
	}

}
