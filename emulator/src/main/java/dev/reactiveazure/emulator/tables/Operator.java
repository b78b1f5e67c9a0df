package dev.reactiveazure.emulator.tables;

import org.jspecify.annotations.Nullable;

/**
 * The comparison operators of filters. Their names are case-sensitive.
 */
enum Operator {

	EQ, NE, GT, GE, LT, LE;

	static @Nullable Operator named(String name) {
		return switch (name) {
			case "eq" -> EQ;
			case "ne" -> NE;
			case "gt" -> GT;
			case "ge" -> GE;
			case "lt" -> LT;
			case "le" -> LE;
			default -> null;
		};
	}

	/**
	 * The operator that says the same with its operands exchanged.
	 */
	Operator mirrored() {
		return switch (this) {
			case GT -> LT;
			case GE -> LE;
			case LT -> GT;
			case LE -> GE;
			case EQ, NE -> this;
		};
	}

	boolean holds(int comparison) {
		return switch (this) {
			case EQ -> comparison == 0;
			case NE -> comparison != 0;
			case GT -> comparison > 0;
			case GE -> comparison >= 0;
			case LT -> comparison < 0;
			case LE -> comparison <= 0;
		};
	}

	/**
	 * What holds between numbers of which one is NaN.
	 */
	boolean holdsForNaN() {
		return this == NE;
	}

	/**
	 * What the service says about a property and a literal whose types don't match.
	 */
	boolean holdsForMismatch() {
		return this == NE || this == LT || this == LE;
	}

}
