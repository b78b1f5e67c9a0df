package dev.reactiveazure.tables.query;

import java.util.Set;

import dev.reactiveazure.tables.mapping.TablePersistentProperty;

/**
 * Writes values into filters.
 */
final class Literals {

	private static final Set<String> ORDER = Set.of("gt", "ge", "lt", "le");

	private Literals() {
	}

	/**
	 * Return a literal, as the type that the property is stored as.
	 * @throws IllegalArgumentException if the comparison makes no sense for the property
	 */
	static String of(TablePersistentProperty property, String operator, Object value) {
		if (ORDER.contains(operator) && !property.isOrdered()) {
			throw new IllegalArgumentException(
					"Property '" + property.getName() + "' is a " + property.getType().getSimpleName()
							+ ", stored as text that is in another order: only equal and not equal can be asked for");
		}
		return property.literal(value);
	}

}
