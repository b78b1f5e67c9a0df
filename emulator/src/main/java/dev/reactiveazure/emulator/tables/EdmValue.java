package dev.reactiveazure.emulator.tables;

import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * A typed property value.
 *
 * @param type the type
 * @param value a String, Integer, Long, Double, Boolean, Instant, UUID or byte array, as
 * the type says
 */
record EdmValue(EdmType type, Object value) {

	static EdmValue string(String value) {
		return new EdmValue(EdmType.STRING, value);
	}

	static EdmValue dateTime(Instant value) {
		return new EdmValue(EdmType.DATE_TIME, value);
	}

	/**
	 * The value as text on the wire; for numbers and booleans without quotes.
	 */
	String text() {
		if (this.value instanceof byte[] bytes) {
			return Base64.getEncoder().encodeToString(bytes);
		}
		if (this.value instanceof Instant time) {
			return Ticks.format(time);
		}
		return this.value.toString();
	}

	/**
	 * The size that counts towards the limit of an entity, in bytes.
	 */
	int size() {
		return switch (this.type) {
			case STRING -> 4 + 2 * ((String) this.value).length();
			case BINARY -> 4 + ((byte[]) this.value).length;
			case GUID -> 16;
			case INT64, DOUBLE, DATE_TIME -> 8;
			case INT32 -> 4;
			case BOOLEAN -> 1;
		};
	}

	UUID guid() {
		return (UUID) this.value;
	}

	@Override
	public String toString() {
		return this.type.wireName() + " " + text();
	}

}
