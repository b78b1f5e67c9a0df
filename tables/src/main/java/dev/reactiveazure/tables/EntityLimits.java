package dev.reactiveazure.tables;

import java.time.Instant;
import java.util.List;

/**
 * What the service takes, checked before a request is sent.
 *
 * @see <a href=
 * "https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model">Understanding
 * the Table service data model</a>
 */
final class EntityLimits {

	static final String PARTITION_KEY = "PartitionKey";

	static final String ROW_KEY = "RowKey";

	static final int MAX_PROPERTIES = 252;

	static final int MAX_ENTITY_SIZE = 1024 * 1024;

	private static final int MAX_SELECTED = 255;

	private static final int MAX_KEY_LENGTH = 512;

	private static final int MAX_NAME_LENGTH = 255;

	private static final int MAX_STRING_LENGTH = 32 * 1024;

	private static final int MAX_BINARY_LENGTH = 64 * 1024;

	private static final Instant FIRST_MOMENT = Instant.parse("1601-01-01T00:00:00Z");

	private static final Instant LAST_MOMENT = Instant.parse("9999-12-31T23:59:59.999999999Z");

	private EntityLimits() {
	}

	static void checkTableName(String name) {
		boolean valid = name.length() >= 3 && name.length() <= 63 && isLetter(name.charAt(0));
		for (int i = 1; valid && i < name.length(); i++) {
			valid = isLetter(name.charAt(i)) || (name.charAt(i) >= '0' && name.charAt(i) <= '9');
		}
		if (!valid || name.equalsIgnoreCase("tables")) {
			throw new InvalidEntityException("table", "'" + name + "' can't be the name of a table: it takes 3 to 63 "
					+ "letters (a-z, A-Z) and digits, a letter first, and 'tables' is reserved");
		}
	}

	static void checkKey(TableKey key) {
		checkKey(PARTITION_KEY, key.partitionKey());
		checkKey(ROW_KEY, key.rowKey());
	}

	private static void checkKey(String property, String value) {
		if (value == null) {
			throw new InvalidEntityException(property, property + " must not be null");
		}
		int length = value.length();
		if (length > MAX_KEY_LENGTH) {
			throw new InvalidEntityException(property,
					property + " must not be longer than 512 characters, but has " + length);
		}
		for (int i = 0; i < length; i++) {
			char c = value.charAt(i);
			if (c < 0x20 || c == '/' || c == '\\' || c == '#' || c == '?' || (c >= 0x7f && c <= 0x9f)) {
				throw new InvalidEntityException(property, property + " must not contain " + describe(c) + " (at index "
						+ i + "): / \\ # ? and control characters are forbidden in keys");
			}
		}
		checkSurrogates(property, value);
	}

	static void checkPropertyName(String name) {
		if (name.length() > MAX_NAME_LENGTH) {
			throw new InvalidEntityException(name,
					"The property name '" + name.substring(0, 40) + "...' is longer than 255 characters");
		}
		if (isPlain(name)) {
			return;
		}
		boolean valid = !name.isEmpty() && Character.isJavaIdentifierStart(name.charAt(0)) && name.indexOf('$') < 0;
		for (int i = 1; valid && i < name.length(); i++) {
			valid = Character.isJavaIdentifierPart(name.charAt(i)) && !Character.isIdentifierIgnorable(name.charAt(i));
		}
		if (!valid) {
			throw new InvalidEntityException(name,
					"'" + name + "' can't be the name of a property: it takes letters, digits and '_', no digit first");
		}
	}

	/**
	 * Return whether a name is of ASCII letters, as nearly all are: what Java takes for
	 * an identifier takes five times as long to find out, twice for each property.
	 */
	private static boolean isPlain(String name) {
		for (int i = 0; i < name.length(); i++) {
			if (!isLetter(name.charAt(i))) {
				return false;
			}
		}
		return !name.isEmpty();
	}

	/**
	 * Check names of properties to read.
	 */
	static void checkSelect(List<String> names) {
		if (names.size() > MAX_SELECTED) {
			throw new InvalidEntityException("select",
					"At most 255 properties can be selected, but these are " + names.size());
		}
		names.forEach(EntityLimits::checkPropertyName);
	}

	/**
	 * Return whether a property is one that the service keeps itself.
	 */
	static boolean isOwnProperty(String name) {
		return name.equals(PARTITION_KEY) || name.equals(ROW_KEY) || name.equals("Timestamp");
	}

	static void checkString(String property, String value) {
		if (value.length() > MAX_STRING_LENGTH) {
			throw new InvalidEntityException(property, "Property '" + property
					+ "' must not be longer than 32,768 characters (64 KiB), but has " + value.length());
		}
		checkSurrogates(property, value);
	}

	static void checkBinary(String property, byte[] value) {
		if (value.length > MAX_BINARY_LENGTH) {
			throw new InvalidEntityException(property, "Property '" + property
					+ "' must not be longer than 65,536 bytes (64 KiB), but has " + value.length);
		}
	}

	static void checkDateTime(String property, Instant value) {
		if (value.isBefore(FIRST_MOMENT) || value.isAfter(LAST_MOMENT)) {
			throw new InvalidEntityException(property,
					"Property '" + property + "' must be between 1601-01-01 and 9999-12-31 (UTC), but is " + value);
		}
	}

	private static void checkSurrogates(String property, String value) {
		int length = value.length();
		for (int i = 0; i < length; i++) {
			if (!Character.isSurrogate(value.charAt(i))) {
				continue;
			}
			boolean pair = i + 1 < length && Character.isSurrogatePair(value.charAt(i), value.charAt(i + 1));
			if (!pair) {
				throw new InvalidEntityException(property,
						"Property '" + property + "' has half of a surrogate pair at index " + i);
			}
			i++;
		}
	}

	private static boolean isLetter(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	}

	private static String describe(char c) {
		return (c > 0x20 && c < 0x7f) ? "'" + c + "'" : String.format("U+%04X", (int) c);
	}

}
