package dev.reactiveazure.emulator.tables;

import org.jspecify.annotations.Nullable;

/**
 * The property types of the Table service.
 */
enum EdmType {

	STRING("Edm.String"), INT32("Edm.Int32"), INT64("Edm.Int64"), DOUBLE("Edm.Double"), BOOLEAN("Edm.Boolean"),
	DATE_TIME("Edm.DateTime"), GUID("Edm.Guid"), BINARY("Edm.Binary");

	private final String wireName;

	EdmType(String wireName) {
		this.wireName = wireName;
	}

	String wireName() {
		return this.wireName;
	}

	static @Nullable EdmType named(String wireName) {
		for (EdmType type : values()) {
			if (type.wireName.equals(wireName)) {
				return type;
			}
		}
		return null;
	}

}
