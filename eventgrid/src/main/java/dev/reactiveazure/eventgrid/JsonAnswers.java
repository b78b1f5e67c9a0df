package dev.reactiveazure.eventgrid;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Parsers over answers, and the few moves that reading them shares.
 */
final class JsonAnswers {

	/**
	 * Without Jackson's limits for untrusted documents: the pipeline limits the answer's
	 * size, and one event that is nested deeply or holds a long number must not hide the
	 * other events of its answer.
	 */
	private static final JsonFactory FACTORY = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(Integer.MAX_VALUE)
			.maxNumberLength(Integer.MAX_VALUE)
			.maxStringLength(Integer.MAX_VALUE)
			.maxNameLength(Integer.MAX_VALUE)
			.build())
		.build();

	private JsonAnswers() {
	}

	static JsonParser parser(byte[] json, int length) {
		return FACTORY.createParser(ObjectReadContext.empty(), json, 0, length);
	}

	static void requireObject(JsonParser parser) {
		if (parser.nextToken() != JsonToken.START_OBJECT) {
			throw new IllegalStateException("it is not a JSON object");
		}
	}

	static boolean textEquals(JsonParser parser, String candidate) {
		int length = parser.getStringLength();
		if (length != candidate.length()) {
			return false;
		}
		char[] text = parser.getStringCharacters();
		int offset = parser.getStringOffset();
		for (int i = 0; i < length; i++) {
			if (text[offset + i] != candidate.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	static @Nullable String textOrSkip(JsonParser parser) {
		if (parser.currentToken() == JsonToken.VALUE_STRING) {
			return parser.getString();
		}
		parser.skipChildren();
		return null;
	}

	/**
	 * Return an error that says where an answer stops to be JSON. Jackson's own message
	 * would quote the place.
	 */
	static IllegalStateException unreadable(JacksonException ex) {
		long at = (ex.getLocation() != null) ? ex.getLocation().getByteOffset() : -1;
		return new IllegalStateException("it is not valid JSON" + ((at >= 0) ? " at byte " + at : ""));
	}

}
