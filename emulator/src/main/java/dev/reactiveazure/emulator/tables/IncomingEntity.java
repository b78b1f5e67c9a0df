package dev.reactiveazure.emulator.tables;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An entity as a request body brings it.
 *
 * @param partition the partition key, or null if the body has none
 * @param row the row key, or null if the body has none
 * @param properties the other properties that have a value; nulls and Timestamp are
 * dropped
 */
record IncomingEntity(@Nullable String partition, @Nullable String row, Map<String, EdmValue> properties) {

	/**
	 * The key of an insert, which must be complete.
	 */
	EntityKey key() {
		if (this.partition == null || this.row == null) {
			throw Refusal.propertiesNeedValue();
		}
		return new EntityKey(this.partition, this.row);
	}

}
