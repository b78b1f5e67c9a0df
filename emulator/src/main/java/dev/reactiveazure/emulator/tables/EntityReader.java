package dev.reactiveazure.emulator.tables;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the JSON of an entity. Annotations may come before or after their value; unknown
 * ones are skipped.
 */
final class EntityReader {

	private static final String TYPE_SUFFIX = "@odata.type";

	private final JsonFactory json;

	EntityReader(JsonFactory json) {
		this.json = json;
	}

	IncomingEntity read(byte[] body) {
		try (JsonParser parser = this.json.createParser(ObjectReadContext.empty(), body)) {
			Map<String, Scalar> scalars = scalars(parser);
			if (parser.nextToken() != null) {
				throw Refusal.invalidInput();
			}
			return entity(scalars);
		}
		catch (JacksonException ex) {
			throw Refusal.invalidInput();
		}
	}

	private static Map<String, Scalar> scalars(JsonParser parser) {
		if (parser.nextToken() != JsonToken.START_OBJECT) {
			throw Refusal.invalidInput();
		}
		Map<String, Scalar> scalars = new LinkedHashMap<>();
		Set<String> names = new HashSet<>();
		while (parser.nextToken() != JsonToken.END_OBJECT) {
			String name = parser.currentName();
			JsonToken token = parser.nextToken();
			if (!token.isScalarValue()) {
				throw Refusal.invalidInput();
			}
			if (!names.add(name)) {
				throw new Refusal(400, "DuplicatePropertiesSpecified",
						"A property is specified more than one time: " + name + ".");
			}
			scalars.put(name, new Scalar(token, (token == JsonToken.VALUE_NULL) ? "" : parser.getString()));
		}
		return scalars;
	}

	private static IncomingEntity entity(Map<String, Scalar> scalars) {
		Map<String, EdmType> types = types(scalars);
		Map<String, EdmValue> properties = new LinkedHashMap<>();
		scalars.forEach((name, scalar) -> {
			if (data(name) && scalar.token() != JsonToken.VALUE_NULL) {
				properties.put(name, scalar.typed(name, types.get(name)));
			}
		});
		String partition = key(properties.remove("PartitionKey"));
		String row = key(properties.remove("RowKey"));
		Limits.checkProperties(properties);
		return new IncomingEntity(partition, row, properties);
	}

	private static Map<String, EdmType> types(Map<String, Scalar> scalars) {
		Map<String, EdmType> types = new HashMap<>();
		scalars.forEach((name, scalar) -> {
			if (name.endsWith(TYPE_SUFFIX) && name.length() > TYPE_SUFFIX.length()) {
				EdmType type = EdmType.named(scalar.text());
				if (type == null) {
					throw Refusal.invalidInput();
				}
				types.put(name.substring(0, name.length() - TYPE_SUFFIX.length()), type);
			}
		});
		return types;
	}

	private static boolean data(String name) {
		return !name.startsWith("odata.") && !name.contains("@odata.") && !name.equals("Timestamp");
	}

	private static @Nullable String key(@Nullable EdmValue value) {
		if (value == null) {
			return null;
		}
		if (value.type() != EdmType.STRING) {
			throw Refusal.invalidInput();
		}
		return (String) value.value();
	}

	/**
	 * A JSON value that is neither object nor array.
	 */
	private record Scalar(JsonToken token, String text) {

		EdmValue typed(String name, @Nullable EdmType declared) {
			EdmType type = (declared != null) ? declared : naturalType();
			if (type == EdmType.STRING && this.token != JsonToken.VALUE_STRING) {
				throw Refusal.invalidInput();
			}
			return EdmText.parse(name, type, this.text);
		}

		private EdmType naturalType() {
			return switch (this.token) {
				case VALUE_NUMBER_INT -> fitsInt32() ? EdmType.INT32 : EdmType.INT64;
				case VALUE_NUMBER_FLOAT -> EdmType.DOUBLE;
				case VALUE_TRUE, VALUE_FALSE -> EdmType.BOOLEAN;
				default -> EdmType.STRING;
			};
		}

		private boolean fitsInt32() {
			try {
				Integer.parseInt(this.text);
				return true;
			}
			catch (NumberFormatException ex) {
				return false;
			}
		}

	}

}
