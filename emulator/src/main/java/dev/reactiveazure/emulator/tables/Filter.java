package dev.reactiveazure.emulator.tables;

import java.time.Instant;
import java.util.Arrays;

/**
 * A condition on entities or tables. Logic has two values: a comparison with a property
 * that is not there is false, also for {@code ne}, and its negation is true.
 */
sealed interface Filter {

	boolean matches(PropertySource row);

	/** Both conditions hold. */
	record And(Filter left, Filter right) implements Filter {

		@Override
		public boolean matches(PropertySource row) {
			return this.left.matches(row) && this.right.matches(row);
		}

	}

	/** At least one condition holds. */
	record Or(Filter left, Filter right) implements Filter {

		@Override
		public boolean matches(PropertySource row) {
			return this.left.matches(row) || this.right.matches(row);
		}

	}

	/** The condition does not hold. */
	record Not(Filter operand) implements Filter {

		@Override
		public boolean matches(PropertySource row) {
			return !this.operand.matches(row);
		}

	}

	/** Always or never. */
	record Constant(boolean value) implements Filter {

		@Override
		public boolean matches(PropertySource row) {
			return this.value;
		}

	}

	/** A Boolean property is there and true. */
	record Flag(String property) implements Filter {

		@Override
		public boolean matches(PropertySource row) {
			EdmValue value = row.property(this.property);
			return value != null && Boolean.TRUE.equals(value.value());
		}

	}

	/** A property stands in a relation to a literal. */
	record Comparison(String property, Operator operator, EdmValue literal) implements Filter {

		@Override
		public boolean matches(PropertySource row) {
			EdmValue value = row.property(this.property);
			return value != null && compare(value);
		}

		/**
		 * The literal's number type may be narrower than the property's, never wider.
		 */
		private boolean compare(EdmValue value) {
			EdmType type = this.literal.type();
			return switch (value.type()) {
				case DOUBLE -> numeric(type) ? compareDoubles(value) : this.operator.holdsForMismatch();
				case INT64 -> (type == EdmType.INT64 || type == EdmType.INT32)
						? this.operator.holds(Long.compare(integer(value), integer(this.literal)))
						: this.operator.holdsForMismatch();
				default -> (type == value.type()) ? this.operator.holds(order(value.value(), this.literal.value()))
						: this.operator.holdsForMismatch();
			};
		}

		private static boolean numeric(EdmType type) {
			return type == EdmType.DOUBLE || type == EdmType.INT64 || type == EdmType.INT32;
		}

		private static long integer(EdmValue value) {
			return ((Number) value.value()).longValue();
		}

		private boolean compareDoubles(EdmValue value) {
			double left = ((Number) value.value()).doubleValue();
			double right = ((Number) this.literal.value()).doubleValue();
			if (Double.isNaN(left) || Double.isNaN(right)) {
				return this.operator.holdsForNaN();
			}
			return this.operator.holds((left < right) ? -1 : (left > right) ? 1 : 0);
		}

		private static int order(Object left, Object right) {
			if (left instanceof String text) {
				return text.compareTo((String) right);
			}
			if (left instanceof Instant time) {
				return time.compareTo((Instant) right);
			}
			if (left instanceof Boolean flag) {
				return flag.compareTo((Boolean) right);
			}
			if (left instanceof byte[] bytes) {
				return Arrays.compareUnsigned(bytes, (byte[]) right);
			}
			if (left instanceof Integer number) {
				return number.compareTo((Integer) right);
			}
			// GUIDs: as their text; Java's own order of UUIDs is signed.
			return left.toString().compareTo(right.toString());
		}

	}

}
