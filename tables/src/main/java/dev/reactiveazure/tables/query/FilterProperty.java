package dev.reactiveazure.tables.query;

import java.util.List;

import dev.reactiveazure.tables.mapping.TableColumn;
import dev.reactiveazure.tables.mapping.TablePersistentEntity;
import dev.reactiveazure.tables.mapping.TablePersistentProperty;

/**
 * Finds the properties that a query names.
 */
final class FilterProperty {

	private FilterProperty() {
	}

	/**
	 * Return a column by the Java path of its property, or by the service's name for keys
	 * and time stamp.
	 * @throws IllegalArgumentException if there is none
	 */
	static TableColumn find(TablePersistentEntity<?> entity, String path) {
		TablePersistentProperty property = entity.getPersistentProperty(path);
		if (property != null && property.isVersionProperty()) {
			throw new IllegalArgumentException("Property '" + path + "' of " + entity.getType().getSimpleName()
					+ " is the version, which no query can name");
		}
		return entity.column(path);
	}

	/**
	 * Return the columns to read for a property. The version is in every answer.
	 * @throws IllegalArgumentException if there is none
	 */
	static List<String> columns(TablePersistentEntity<?> entity, String path) {
		TablePersistentProperty property = entity.getPersistentProperty(path);
		return (property != null && property.isVersionProperty()) ? List.of() : entity.columnNames(path);
	}

	/**
	 * Return whether a property is the map of all columns that no other property has.
	 */
	static boolean isOpen(TablePersistentEntity<?> entity, String path) {
		TablePersistentProperty property = entity.getPersistentProperty(path);
		return property != null && property.isUnmapped();
	}

}
