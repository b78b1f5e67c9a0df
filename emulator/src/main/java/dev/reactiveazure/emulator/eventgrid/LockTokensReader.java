package dev.reactiveazure.emulator.eventgrid;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the body of acknowledge, release, reject and renew requests:
 * <code>{"lockTokens":["…"]}</code>.
 */
final class LockTokensReader {

	private static final String MEMBER = "lockTokens";

	private final JsonFactory json = new JsonFactory();

	/**
	 * Reads the tokens as they were sent, duplicates included.
	 * @throws Problem if the body is anything else; an empty list is none
	 */
	List<String> read(byte[] body) {
		try (JsonParser parser = this.json.createParser(ObjectReadContext.empty(), body)) {
			return readRoot(parser);
		}
		catch (JacksonException ex) {
			throw Problem.badRequest("The request body is not valid JSON: " + ex.getOriginalMessage());
		}
	}

	private static List<String> readRoot(JsonParser parser) {
		List<String> tokens = null;
		if (parser.nextToken() == JsonToken.START_OBJECT) {
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				boolean wanted = MEMBER.equals(parser.currentName());
				parser.nextToken();
				if (wanted) {
					tokens = readTokens(parser);
				}
				parser.skipChildren();
			}
		}
		if (tokens == null || parser.nextToken() != null) {
			throw Problem.badRequest("The request body must be a JSON object with an array `lockTokens`");
		}
		return tokens;
	}

	private static List<String> readTokens(JsonParser parser) {
		if (parser.currentToken() != JsonToken.START_ARRAY) {
			throw Problem.badRequest("`lockTokens` must be an array");
		}
		List<String> tokens = new ArrayList<>(100);
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (parser.currentToken() != JsonToken.VALUE_STRING) {
				throw Problem.badRequest("`lockTokens` must hold strings only");
			}
			tokens.add(parser.getString());
		}
		return tokens;
	}

}
