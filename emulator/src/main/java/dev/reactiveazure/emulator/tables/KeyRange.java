package dev.reactiveazure.emulator.tables;

import org.jspecify.annotations.Nullable;

/**
 * The partitions that a filter leaves possible, so that a query does not walk the whole
 * table.
 *
 * @param first the first possible partition key, or null if there is no lower bound
 * @param last the last possible partition key, or null if there is no upper bound
 */
record KeyRange(@Nullable String first, @Nullable String last) {

	static final KeyRange ALL = new KeyRange(null, null);

	static KeyRange of(Filter filter) {
		if (filter instanceof Filter.And and) {
			return of(and.left()).intersect(of(and.right()));
		}
		if (filter instanceof Filter.Comparison comparison && comparison.property().equals("PartitionKey")
				&& comparison.literal().value() instanceof String bound) {
			return switch (comparison.operator()) {
				case EQ -> new KeyRange(bound, bound);
				case GT, GE -> new KeyRange(bound, null);
				case LT, LE -> new KeyRange(null, bound);
				case NE -> ALL;
			};
		}
		return ALL;
	}

	boolean endsBefore(EntityKey key) {
		return this.last != null && key.partition().compareTo(this.last) > 0;
	}

	EntityKey start() {
		return new EntityKey((this.first != null) ? this.first : "", "");
	}

	private KeyRange intersect(KeyRange other) {
		String lower = (this.first == null || (other.first != null && other.first.compareTo(this.first) > 0))
				? other.first : this.first;
		String upper = (this.last == null || (other.last != null && other.last.compareTo(this.last) < 0)) ? other.last
				: this.last;
		return new KeyRange(lower, upper);
	}

}
