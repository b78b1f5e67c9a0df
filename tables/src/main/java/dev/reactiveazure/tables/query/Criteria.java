package dev.reactiveazure.tables.query;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.StringJoiner;

import dev.reactiveazure.tables.EdmType;
import dev.reactiveazure.tables.mapping.TableColumn;
import dev.reactiveazure.tables.mapping.TablePersistentEntity;
import org.jspecify.annotations.Nullable;

import org.springframework.data.core.TypedPropertyPath;
import org.springframework.util.Assert;

/**
 * A filter built of comparisons. Immutable.
 *
 * <pre class="code">
 * where(Order::customer).is("ada").and(where(Order::quantity).gt(3))
 * where("customer").is("ada").and("quantity").gt(3)
 * </pre>
 * <p>
 * A comparison, also {@code ne}, never holds for an entity that lacks the property;
 * {@link #not} of one does.
 */
public sealed interface Criteria extends Filter {

	/**
	 * Begin with a property.
	 * @param property its Java name
	 */
	static Comparing where(String property) {
		return new Comparing(property, null);
	}

	/**
	 * Begin with a property.
	 * @param property its getter, such as {@code Order::customer}
	 */
	static <T, P> Comparing where(TypedPropertyPath<T, P> property) {
		return where(TypedPropertyPath.of(property).toDotPath());
	}

	/**
	 * Return what holds where the given criteria don't.
	 */
	static Criteria not(Criteria criteria) {
		return new Negation(criteria);
	}

	/**
	 * Return what holds where both do.
	 */
	default Criteria and(Criteria other) {
		return new Junction("and", this, other);
	}

	/**
	 * Go on with a property, of which the comparison must hold, too.
	 */
	default Comparing and(String property) {
		return new Comparing(property, this);
	}

	/**
	 * Go on with a property, of which the comparison must hold, too.
	 * @param property its getter, such as {@code Order::customer}
	 */
	default <T, P> Comparing and(TypedPropertyPath<T, P> property) {
		return and(TypedPropertyPath.of(property).toDotPath());
	}

	/**
	 * Return what holds where either does.
	 */
	default Criteria or(Criteria other) {
		return new Junction("or", this, other);
	}

	/**
	 * A property that waits for what it is compared with.
	 */
	final class Comparing {

		private final String property;

		private final @Nullable Criteria before;

		private Comparing(String property, @Nullable Criteria before) {
			Assert.hasText(property, "The property must not be empty");
			this.property = property;
			this.before = before;
		}

		public Criteria is(Object value) {
			return compare("eq", value);
		}

		public Criteria ne(Object value) {
			return compare("ne", value);
		}

		public Criteria gt(Object value) {
			return compare("gt", value);
		}

		public Criteria gte(Object value) {
			return compare("ge", value);
		}

		public Criteria lt(Object value) {
			return compare("lt", value);
		}

		public Criteria lte(Object value) {
			return compare("le", value);
		}

		/**
		 * From a value to another, both included.
		 */
		public Criteria between(Object from, Object to) {
			return join(new Junction("and", comparison("ge", from), comparison("le", to)));
		}

		/**
		 * Text that begins with the given one; {@code ""} is at the beginning of each.
		 */
		public Criteria startsWith(String prefix) {
			Assert.notNull(prefix, "The prefix must not be null");
			return join(new Prefix(this.property, prefix));
		}

		/**
		 * One of some values. Where the service would not take as many comparisons, the
		 * query becomes several requests, of which {@link QueryPlan} tells.
		 * @param values at least one
		 */
		public Criteria in(Collection<?> values) {
			Assert.notEmpty(values, () -> "Property '" + this.property + "' needs at least one value to be one of");
			Assert.noNullElements(values, () -> "Property '" + this.property
					+ "' can't be compared with null: the service stores none and can't ask for its absence");
			return join(new OneOf(this.property, List.copyOf(new LinkedHashSet<>(values))));
		}

		/**
		 * One of some values.
		 * @see #in(Collection)
		 */
		public Criteria in(Object... values) {
			return in(Arrays.asList(values));
		}

		private Criteria compare(String operator, Object value) {
			return join(comparison(operator, value));
		}

		private Criteria join(Criteria criteria) {
			return (this.before != null) ? this.before.and(criteria) : criteria;
		}

		private Comparison comparison(String operator, Object value) {
			Assert.notNull(value, () -> "Property '" + this.property
					+ "' can't be compared with null: the service stores none and can't ask for its absence");
			return new Comparison(this.property, operator, value);
		}

	}

	/**
	 * A property and a value.
	 */
	record Comparison(String property, String operator, Object value) implements Criteria {

		@Override
		public String render(TablePersistentEntity<?> entity) {
			return FilterProperty.find(entity, this.property).comparison(this.operator, this.value);
		}

		@Override
		public KeyLimits limits(TablePersistentEntity<?> entity) {
			return KeyLimits.of(FilterProperty.find(entity, this.property), this.operator);
		}

		@Override
		public int comparisons(TablePersistentEntity<?> entity) {
			return perValue(entity, this.property, this.operator);
		}

		/**
		 * Return how many comparisons one with a value becomes: equality with a part of a
		 * key is a range of the key.
		 */
		static int perValue(TablePersistentEntity<?> entity, String property, String operator) {
			boolean equality = operator.equals("eq") || operator.equals("ne");
			return (equality && FilterProperty.find(entity, property).isKeyPart()) ? 2 : 1;
		}

	}

	/**
	 * A property and how its text begins: a range, for the service knows no prefixes.
	 */
	record Prefix(String property, String prefix) implements Criteria {

		@Override
		public String render(TablePersistentEntity<?> entity) {
			TableColumn target = FilterProperty.find(entity, this.property);
			if (target.edmType() != EdmType.STRING || !target.isOrdered() || target.isDescending()) {
				throw new IllegalArgumentException("Property '" + this.property + "' is a "
						+ target.property().getType().getSimpleName() + ", which does not begin with text");
			}
			String column = target.name();
			String from = column + " ge " + EdmType.STRING.literal(this.prefix);
			String end = successor(this.prefix);
			return (end != null) ? "(" + from + " and " + column + " lt " + EdmType.STRING.literal(end) + ")" : from;
		}

		/**
		 * Return the first text behind all that begin with a prefix.
		 * @return the text; {@code null} where there is none
		 */
		static @Nullable String successor(String prefix) {
			for (int i = prefix.length() - 1; i >= 0; i--) {
				char next = next(prefix.charAt(i));
				if (next != 0) {
					return prefix.substring(0, i) + next;
				}
			}
			return null;
		}

		/**
		 * Return the character behind another in the service's order, which is that of
		 * UTF-16 units; half of a pair can't be sent, so that all of them are skipped.
		 */
		private static char next(char c) {
			if (c == Character.MAX_VALUE) {
				return 0;
			}
			return Character.isSurrogate((char) (c + 1)) ? '\uE000' : (char) (c + 1);
		}

		@Override
		public KeyLimits limits(TablePersistentEntity<?> entity) {
			return KeyLimits.of(FilterProperty.find(entity, this.property), "ge");
		}

		@Override
		public int comparisons(TablePersistentEntity<?> entity) {
			return 2;
		}

	}

	/**
	 * A property and the values of which it is one.
	 */
	record OneOf(String property, List<?> values) implements Criteria {

		@Override
		public String render(TablePersistentEntity<?> entity) {
			TableColumn target = FilterProperty.find(entity, this.property);
			StringJoiner joined = new StringJoiner(" or ", "(", ")");
			for (Object value : this.values) {
				joined.add(target.comparison("eq", value));
			}
			return (this.values.size() == 1) ? target.comparison("eq", this.values.get(0)) : joined.toString();
		}

		@Override
		public KeyLimits limits(TablePersistentEntity<?> entity) {
			TableColumn target = FilterProperty.find(entity, this.property);
			return (this.values.size() == 1) ? KeyLimits.of(target, "eq") : KeyLimits.NONE;
		}

		@Override
		public int comparisons(TablePersistentEntity<?> entity) {
			return this.values.size() * Comparison.perValue(entity, this.property, "eq");
		}

	}

	/**
	 * Two criteria, both or either of which must hold.
	 */
	record Junction(String operator, Criteria left, Criteria right) implements Criteria {

		@Override
		public String render(TablePersistentEntity<?> entity) {
			return "(" + this.left.render(entity) + " " + this.operator + " " + this.right.render(entity) + ")";
		}

		@Override
		public KeyLimits limits(TablePersistentEntity<?> entity) {
			KeyLimits first = this.left.limits(entity);
			KeyLimits second = this.right.limits(entity);
			return this.operator.equals("and") ? first.and(second) : first.or(second);
		}

		@Override
		public int comparisons(TablePersistentEntity<?> entity) {
			return this.left.comparisons(entity) + this.right.comparisons(entity);
		}

	}

	/**
	 * Criteria that must not hold.
	 */
	record Negation(Criteria criteria) implements Criteria {

		@Override
		public String render(TablePersistentEntity<?> entity) {
			return "not (" + this.criteria.render(entity) + ")";
		}

		@Override
		public KeyLimits limits(TablePersistentEntity<?> entity) {
			this.criteria.limits(entity);
			return KeyLimits.NONE;
		}

		@Override
		public int comparisons(TablePersistentEntity<?> entity) {
			return this.criteria.comparisons(entity);
		}

	}

}
