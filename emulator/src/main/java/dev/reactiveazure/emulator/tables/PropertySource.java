package dev.reactiveazure.emulator.tables;

import org.jspecify.annotations.Nullable;

/**
 * Something a filter can look at: an entity or a table's name.
 */
interface PropertySource {

	/**
	 * The value of a property, or null if it has none of that name.
	 */
	@Nullable EdmValue property(String name);

}
