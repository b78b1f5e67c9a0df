package dev.reactiveazure.tables.mapping;

import java.util.List;

import dev.reactiveazure.tables.EdmType;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Property} says.
 *
 * @param name the column's name; empty for none
 * @param aliases names that it had before
 * @param type another type than the Java type's own
 * @param defaultValue the value where nothing is stored
 * @param split whether it may be cut into several columns
 */
record ColumnSettings(String name, List<String> aliases, @Nullable EdmType type, @Nullable String defaultValue,
		boolean split) {

	private static final ColumnSettings NONE = new ColumnSettings("", List.of(), null, null, false);

	static ColumnSettings of(TablePersistentProperty property) {
		Property annotation = property.findAnnotation(Property.class);
		if (annotation == null) {
			return NONE;
		}
		EdmType[] types = annotation.type();
		String[] defaults = annotation.defaultValue();
		return new ColumnSettings(annotation.name(), List.of(annotation.aliases()),
				(types.length > 0) ? types[0] : null, (defaults.length > 0) ? defaults[0] : null, annotation.split());
	}

}
