package dev.reactiveazure.emulator.eventgrid;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;

import tools.jackson.databind.JsonNode;

/**
 * The operators of subscription filters. Strings compare without regard to case. An
 * attribute of another type than the operator's never matches. Of an array one element
 * must match, for a negated operator no element may.
 */
public enum FilterOperator {

	/** Equals one of the numbers. */
	NUMBER_IN(Number.class, false, (node, value) -> compare(node, value) == 0),

	/** Equals none of the numbers; a missing attribute matches. */
	NUMBER_NOT_IN(Number.class, true, (node, value) -> compare(node, value) == 0),

	/** Is less than the number. */
	NUMBER_LESS_THAN(Number.class, false, (node, value) -> compare(node, value) < 0),

	/** Is less than or equal to the number. */
	NUMBER_LESS_THAN_OR_EQUALS(Number.class, false, (node, value) -> compare(node, value) <= 0),

	/** Is greater than the number. */
	NUMBER_GREATER_THAN(Number.class, false, (node, value) -> compare(node, value) > 0),

	/** Is greater than or equal to the number. */
	NUMBER_GREATER_THAN_OR_EQUALS(Number.class, false, (node, value) -> compare(node, value) >= 0),

	/** Is in one of the ranges, each a list of two numbers, both ends included. */
	NUMBER_IN_RANGE(List.class, false, FilterOperator::inRange),

	/** Is in none of the ranges. */
	NUMBER_NOT_IN_RANGE(List.class, true, FilterOperator::inRange),

	/** Equals the boolean. */
	BOOL_EQUALS(Boolean.class, false, (node, value) -> value.equals(node.asBoolean())),

	/** Contains one of the strings. */
	STRING_CONTAINS(String.class, false, (node, value) -> text(node).contains(text(value))),

	/** Contains none of the strings. */
	STRING_NOT_CONTAINS(String.class, true, (node, value) -> text(node).contains(text(value))),

	/** Begins with one of the strings. */
	STRING_BEGINS_WITH(String.class, false, (node, value) -> text(node).startsWith(text(value))),

	/** Begins with none of the strings. */
	STRING_NOT_BEGINS_WITH(String.class, true, (node, value) -> text(node).startsWith(text(value))),

	/** Ends with one of the strings. */
	STRING_ENDS_WITH(String.class, false, (node, value) -> text(node).endsWith(text(value))),

	/** Ends with none of the strings. */
	STRING_NOT_ENDS_WITH(String.class, true, (node, value) -> text(node).endsWith(text(value))),

	/** Equals one of the strings. */
	STRING_IN(String.class, false, (node, value) -> text(node).equals(text(value))),

	/** Equals none of the strings; a missing attribute matches. */
	STRING_NOT_IN(String.class, true, (node, value) -> text(node).equals(text(value))),

	/** Is missing or null; takes no values. */
	IS_NULL_OR_UNDEFINED(Void.class, false, (node, value) -> false),

	/** Is there and not null; takes no values. */
	IS_NOT_NULL(Void.class, false, (node, value) -> true);

	private final Class<?> valueType;

	private final boolean negated;

	private final BiPredicate<JsonNode, Object> test;

	FilterOperator(Class<?> valueType, boolean negated, BiPredicate<JsonNode, Object> test) {
		this.valueType = valueType;
		this.negated = negated;
		this.test = test;
	}

	boolean accepts(List<?> values) {
		if (this.valueType == Void.class) {
			return values.isEmpty();
		}
		return !values.isEmpty() && values.stream().allMatch(this::accepts);
	}

	private boolean accepts(Object value) {
		if (value instanceof List<?> range) {
			return this.valueType == List.class && range.size() == 2
					&& range.stream().allMatch(Number.class::isInstance);
		}
		return this.valueType.isInstance(value);
	}

	boolean matches(JsonNode attribute, List<?> values) {
		if (attribute.isMissingNode() || attribute.isNull()) {
			return this == NUMBER_NOT_IN || this == STRING_NOT_IN || this == IS_NULL_OR_UNDEFINED;
		}
		if (this.valueType == Void.class) {
			return this == IS_NOT_NULL;
		}
		List<JsonNode> elements = attribute.isArray() ? attribute.valueStream().toList() : List.of(attribute);
		List<JsonNode> comparable = elements.stream().filter(this::isComparable).toList();
		return !comparable.isEmpty() && this.negated != comparable.stream()
			.anyMatch((node) -> values.stream().anyMatch((value) -> this.test.test(node, value)));
	}

	private boolean isComparable(JsonNode node) {
		if (this.valueType == String.class) {
			return node.isString();
		}
		return (this.valueType == Boolean.class) ? node.isBoolean() : node.isNumber();
	}

	private static boolean inRange(JsonNode node, Object value) {
		List<?> range = (List<?>) value;
		return compare(node, range.get(0)) >= 0 && compare(node, range.get(1)) <= 0;
	}

	private static int compare(JsonNode node, Object value) {
		return node.decimalValue().compareTo(new BigDecimal(value.toString()));
	}

	private static String text(JsonNode node) {
		return text((Object) node.asString());
	}

	private static String text(Object value) {
		return value.toString().toLowerCase(Locale.ROOT);
	}

}
