package dev.reactiveazure.tables.mapping;

import java.util.Locale;
import java.util.regex.Pattern;

import org.springframework.util.StringUtils;

/**
 * Names tables and columns that no annotation names.
 */
public interface TableNamingStrategy {

	/** Columns are called as their properties. */
	TableNamingStrategy AS_DECLARED = new TableNamingStrategy() {
	};

	/** {@code placedAt} is stored as {@code PlacedAt}, as .NET's clients do. */
	TableNamingStrategy PASCAL_CASE = new TableNamingStrategy() {

		@Override
		public String columnName(String property) {
			return StringUtils.capitalize(property);
		}

	};

	/** {@code placedAt} is stored as {@code placed_at}. */
	TableNamingStrategy SNAKE_CASE = new TableNamingStrategy() {

		private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

		@Override
		public String columnName(String property) {
			return HUMP.matcher(property).replaceAll("_").toLowerCase(Locale.ROOT);
		}

	};

	/**
	 * Return the name of a class's table. By default the class's simple name with a small
	 * first letter.
	 */
	default String tableName(Class<?> type) {
		return StringUtils.uncapitalize(type.getSimpleName());
	}

	/**
	 * Return the name of a property's column. By default the property's name.
	 */
	default String columnName(String property) {
		return property;
	}

}
