package dev.reactiveazure.emulator.eventgrid;

import java.net.URI;
import java.util.Base64;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Checks one CloudEvent in structured mode while a parser passes over it, with the
 * messages of the service where they are known. Used for one event.
 */
final class CloudEventCheck {

	private final boolean strict;

	private @Nullable String id;

	private @Nullable String source;

	private @Nullable String type;

	private @Nullable String specVersion;

	private boolean data;

	private boolean dataBase64;

	CloudEventCheck(boolean strict) {
		this.strict = strict;
	}

	/**
	 * Reads to the end of the object whose start is the parser's current token.
	 * @throws Problem if the event is not valid
	 */
	void read(JsonParser parser) {
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			JsonToken value = parser.nextToken();
			readMember(name, value, parser);
		}
		requireComplete();
	}

	String id() {
		return String.valueOf(this.id);
	}

	String source() {
		return String.valueOf(this.source);
	}

	private void readMember(String name, JsonToken value, JsonParser parser) {
		switch (name) {
			case "id" -> this.id = text(value, parser);
			case "source" -> this.source = text(value, parser);
			case "type" -> this.type = text(value, parser);
			case "specversion" -> this.specVersion = text(value, parser);
			case "data" -> {
				this.data = true;
				parser.skipChildren();
			}
			default -> readOptional(name, value, parser);
		}
	}

	private void readOptional(String name, JsonToken value, JsonParser parser) {
		if (!this.strict) {
			this.dataBase64 |= name.equals("data_base64") && value != JsonToken.VALUE_NULL;
			parser.skipChildren();
			return;
		}
		if (value == JsonToken.VALUE_NULL) {
			return;
		}
		switch (name) {
			case "data_base64" -> {
				this.dataBase64 = true;
				require(isBase64(text(value, parser)), "`data_base64` must be Base64 text");
			}
			case "time" -> {
				String time = text(value, parser);
				require(time != null && Rfc3339.matches(time), "`time` must be an RFC 3339 timestamp");
			}
			case "subject", "datacontenttype" -> requireNonEmpty(name, text(value, parser));
			case "dataschema" -> require(isAbsoluteUri(text(value, parser)), "`dataschema` must be an absolute URI");
			default -> requireExtension(name, value, parser);
		}
	}

	private void requireComplete() {
		requireNonEmpty("id", this.id);
		requireNonEmpty("source", this.source);
		if (this.strict) {
			require("1.0".equals(this.specVersion), "`specversion` must be `1.0`");
		}
		requireNonEmpty("type", this.type);
		if (this.strict) {
			require(!this.data || !this.dataBase64, "`data` and `data_base64` must not both be present");
		}
	}

	private static void requireExtension(String name, JsonToken value, JsonParser parser) {
		require(isAttributeName(name), "`" + name + "` is not a valid attribute name: only a-z and 0-9 are allowed");
		boolean scalar = switch (value) {
			case VALUE_STRING, VALUE_TRUE, VALUE_FALSE -> true;
			case VALUE_NUMBER_INT -> parser.getNumberType() == JsonParser.NumberType.INT;
			default -> false;
		};
		require(scalar, "`" + name + "` must be a string, a boolean or a 32 bit integer");
	}

	static boolean isAttributeName(String name) {
		for (int i = 0; i < name.length(); i++) {
			char character = name.charAt(i);
			if ((character < 'a' || character > 'z') && (character < '0' || character > '9')) {
				return false;
			}
		}
		return !name.isEmpty();
	}

	private static @Nullable String text(JsonToken value, JsonParser parser) {
		if (value == JsonToken.VALUE_STRING) {
			return parser.getString();
		}
		parser.skipChildren();
		return null;
	}

	private static boolean isBase64(@Nullable String text) {
		if (text == null) {
			return false;
		}
		try {
			Base64.getDecoder().decode(text);
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static boolean isAbsoluteUri(@Nullable String text) {
		if (text == null) {
			return false;
		}
		try {
			return URI.create(text).isAbsolute();
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static void requireNonEmpty(String name, @Nullable String value) {
		require(value != null && !value.isEmpty(), "`" + name + "` must be non-empty string");
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw Problem.badRequest(message);
		}
	}

}
