package dev.reactiveazure.tables.query;

import dev.reactiveazure.tables.mapping.TableColumn;

/**
 * To which keys a filter limits what the service has to read.
 *
 * @param partition how far the partition key is known
 * @param row how far the row key is known
 */
public record KeyLimits(Limit partition, Limit row) {

	static final KeyLimits NONE = new KeyLimits(Limit.NONE, Limit.NONE);

	static KeyLimits of(TableColumn property, String operator) {
		Limit limit = switch (operator) {
			case "eq" -> Limit.EXACT;
			case "ne" -> Limit.NONE;
			default -> Limit.RANGE;
		};
		if (property.isKeyPart()) {
			// One value of the first part is a range of the whole key.
			Limit range = (limit == Limit.NONE) ? Limit.NONE : Limit.RANGE;
			return property.property().isPartitionKey() ? new KeyLimits(range, Limit.NONE)
					: new KeyLimits(Limit.NONE, range);
		}
		if (property.isPartitionKey()) {
			return new KeyLimits(limit, Limit.NONE);
		}
		return property.isRowKey() ? new KeyLimits(Limit.NONE, limit) : NONE;
	}

	KeyLimits and(KeyLimits other) {
		return new KeyLimits(stronger(this.partition, other.partition), stronger(this.row, other.row));
	}

	/**
	 * The service looks for one range of keys: what is in one or in another is in the
	 * whole table.
	 */
	KeyLimits or(KeyLimits other) {
		return NONE;
	}

	private static Limit stronger(Limit first, Limit second) {
		return (first.ordinal() >= second.ordinal()) ? first : second;
	}

	/**
	 * Return how the service finds what is limited so.
	 */
	QueryAccess access() {
		if (this.partition == Limit.EXACT) {
			return switch (this.row) {
				case EXACT -> QueryAccess.POINT;
				case RANGE -> QueryAccess.ROW_RANGE;
				case NONE -> QueryAccess.PARTITION;
			};
		}
		return (this.partition == Limit.RANGE) ? QueryAccess.PARTITION_RANGE : QueryAccess.TABLE_SCAN;
	}

	/**
	 * How far a key is known.
	 */
	public enum Limit {

		/** It may be any. */
		NONE,

		/** It is before, behind or between values. */
		RANGE,

		/** It is one value. */
		EXACT

	}

}
