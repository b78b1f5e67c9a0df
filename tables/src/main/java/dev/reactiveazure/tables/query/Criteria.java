package dev.reactiveazure.tables.query;

import dev.reactiveazure.tables.mapping.TablePersistentEntity;
import dev.reactiveazure.tables.mapping.TablePersistentProperty;
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

		private Criteria compare(String operator, Object value) {
			Assert.notNull(value, () -> "Property '" + this.property
					+ "' can't be compared with null: the service stores none and can't ask for its absence");
			Criteria comparison = new Comparison(this.property, operator, value);
			return (this.before != null) ? this.before.and(comparison) : comparison;
		}

	}

	/**
	 * A property and a value.
	 */
	record Comparison(String property, String operator, Object value) implements Criteria {

		@Override
		public String render(TablePersistentEntity<?> entity) {
			TablePersistentProperty target = FilterProperty.find(entity, this.property);
			return target.columnName() + " " + this.operator + " " + Literals.of(target, this.operator, this.value);
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

	}

	/**
	 * Criteria that must not hold.
	 */
	record Negation(Criteria criteria) implements Criteria {

		@Override
		public String render(TablePersistentEntity<?> entity) {
			return "not (" + this.criteria.render(entity) + ")";
		}

	}

}
