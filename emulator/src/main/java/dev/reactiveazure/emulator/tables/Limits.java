package dev.reactiveazure.emulator.tables;

import java.util.Map;

/**
 * The rules that keys, properties and entities must keep.
 */
final class Limits {

	private static final int KEY_CHARACTERS = 512;

	private static final int NAME_CHARACTERS = 255;

	private static final int STRING_CHARACTERS = 32 * 1024;

	private static final int BINARY_BYTES = 64 * 1024;

	private static final int PROPERTIES = 252;

	private static final int ENTITY_BYTES = 1024 * 1024;

	private Limits() {
	}

	/**
	 * Checks a key that came in a body: the refusal names the key.
	 */
	static void checkBodyKey(EntityKey key) {
		checkBodyKey("PartitionKey", key.partition());
		checkBodyKey("RowKey", key.row());
	}

	private static void checkBodyKey(String name, String value) {
		if (value.chars().anyMatch(Limits::forbidden)) {
			throw Refusal.outOfRange(name, value);
		}
		checkLength(value);
	}

	/**
	 * Checks a key that came in the address: slashes break the address itself, other
	 * characters the range.
	 */
	static void checkAddressKey(EntityKey key) {
		checkAddressKey(key.partition());
		checkAddressKey(key.row());
	}

	private static void checkAddressKey(String value) {
		if (value.indexOf('/') >= 0 || value.indexOf('\\') >= 0) {
			throw Refusal.invalidInput("Bad Request - Error in query syntax.");
		}
		if (value.chars().anyMatch(Limits::forbidden)) {
			throw Refusal.outOfRange();
		}
		checkLength(value);
	}

	private static void checkLength(String key) {
		if (key.length() > KEY_CHARACTERS) {
			throw Refusal.propertyValueTooLarge();
		}
	}

	private static boolean forbidden(int character) {
		return character == '/' || character == '\\' || character == '#' || character == '?' || character <= 0x1F
				|| (character >= 0x7F && character <= 0x9F);
	}

	static void checkProperties(Map<String, EdmValue> properties) {
		properties.forEach((name, value) -> {
			checkName(name);
			checkSize(value);
		});
	}

	private static void checkName(String name) {
		if (name.length() > NAME_CHARACTERS) {
			throw new Refusal(400, "PropertyNameTooLong",
					"The property name exceeds the maximum allowed length (255).");
		}
		if (!identifier(name)) {
			throw new Refusal(400, "PropertyNameInvalid", "The property name is invalid.");
		}
	}

	private static boolean identifier(String name) {
		if (name.isEmpty() || !(Character.isLetter(name.codePointAt(0)) || name.charAt(0) == '_')) {
			return false;
		}
		return name.codePoints().allMatch((each) -> Character.isLetterOrDigit(each) || each == '_');
	}

	private static void checkSize(EdmValue value) {
		boolean tooLarge = switch (value.type()) {
			case STRING -> ((String) value.value()).length() > STRING_CHARACTERS;
			case BINARY -> ((byte[]) value.value()).length > BINARY_BYTES;
			default -> false;
		};
		if (tooLarge) {
			throw Refusal.propertyValueTooLarge();
		}
	}

	static StoredEntity checked(StoredEntity entity) {
		if (entity.properties().size() > PROPERTIES) {
			throw new Refusal(400, "TooManyProperties",
					"The entity contains more properties than allowed. Each entity can include up to 252 properties "
							+ "to store data. Each entity also has 3 system properties.");
		}
		if (entity.size() > ENTITY_BYTES) {
			throw new Refusal(400, "EntityTooLarge", "The entity is larger than the maximum allowed size (1MB).");
		}
		return entity;
	}

	/**
	 * Checks the name of a table that is to be created.
	 */
	static void checkNewTable(String name) {
		if (name.length() < 3 || name.length() > 63) {
			throw new Refusal(400, "OutOfRangeInput",
					"The specified resource name length is not within the permissible limits.");
		}
		if (!tableName(name) || name.equalsIgnoreCase("tables")) {
			// The real service misspells it.
			throw new Refusal(400, "InvalidResourceName", "The specifed resource name contains invalid characters.");
		}
	}

	/**
	 * Checks the name of a table in an address.
	 */
	static void checkTable(String name) {
		if (!tableName(name)) {
			throw new Refusal(400, "InvalidResourceName", "The specified resource name contains invalid characters.");
		}
	}

	private static boolean tableName(String name) {
		return !name.isEmpty() && letter(name.charAt(0))
				&& name.chars().allMatch((each) -> letter(each) || (each >= '0' && each <= '9'));
	}

	private static boolean letter(int character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
	}

}
