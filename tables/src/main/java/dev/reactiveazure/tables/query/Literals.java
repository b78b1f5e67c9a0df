package dev.reactiveazure.tables.query;

import java.util.Set;

import dev.reactiveazure.tables.mapping.TableColumn;

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
	static String of(TableColumn column, String operator, Object value) {
		String comparison = column.comparison(operator, value);
		boolean turned = column.isDescending() && ORDER.contains(operator);
		if (turned || column.isKeyPart()) {
			throw new IllegalArgumentException("Property '" + column.path() + "' is compared as " + comparison
					+ ", which a filter with parameters can't do: use Criteria");
		}
		return column.literal(value);
	}

}
