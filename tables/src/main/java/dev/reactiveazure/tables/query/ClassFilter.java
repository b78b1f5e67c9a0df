package dev.reactiveazure.tables.query;

import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.tables.EdmType;
import dev.reactiveazure.tables.mapping.TablePersistentEntity;
import dev.reactiveazure.tables.query.KeyLimits.Limit;
import org.jspecify.annotations.Nullable;

/**
 * What tells the rows of a class from others in its table, whatever the query says: keys
 * that are fixed, and the column of classes that inherit from one.
 *
 * @param text the filter in the service's language; {@code null} where all rows are the
 * class's
 * @param comparisons how many comparisons it makes
 * @param limits to which keys it limits a query
 * @param isOfKeysOnly whether a row that has the right key is the class's
 */
record ClassFilter(@Nullable String text, int comparisons, KeyLimits limits, boolean isOfKeysOnly) {

	static ClassFilter of(TablePersistentEntity<?> entity) {
		List<String> terms = new ArrayList<>();
		KeyLimits limits = KeyLimits.NONE;
		String partitionKey = entity.fixedPartitionKey();
		if (partitionKey != null) {
			terms.add("PartitionKey eq " + EdmType.STRING.literal(partitionKey));
			limits = limits.and(new KeyLimits(Limit.EXACT, Limit.NONE));
		}
		String rowKey = entity.fixedRowKey();
		if (rowKey != null) {
			terms.add("RowKey eq " + EdmType.STRING.literal(rowKey));
			limits = limits.and(new KeyLimits(Limit.NONE, Limit.EXACT));
		}
		int comparisons = terms.size() + entity.typeComparisons();
		String type = entity.typeFilter();
		if (type != null) {
			terms.add(type);
		}
		return new ClassFilter(terms.isEmpty() ? null : String.join(" and ", terms), comparisons, limits, type == null);
	}

	/**
	 * Return this and a filter in the service's language.
	 */
	String and(Filter filter, TablePersistentEntity<?> entity) {
		String rendered = filter.render(entity);
		if (this.text == null) {
			return rendered;
		}
		String bracketed = (filter instanceof Criteria) ? rendered : "(" + rendered + ")";
		return bracketed + " and " + this.text;
	}

}
