package dev.reactiveazure.tables.query;

import dev.reactiveazure.tables.mapping.TablePersistentEntity;
import dev.reactiveazure.tables.mapping.TablePersistentProperty;

/**
 * Finds the properties that a query names.
 */
final class FilterProperty {

	private FilterProperty() {
	}

	/**
	 * Return a property by its Java name, or by the service's for keys and time stamp.
	 * @throws IllegalArgumentException if there is none
	 */
	static TablePersistentProperty find(TablePersistentEntity<?> entity, String name) {
		TablePersistentProperty property = entity.getPersistentProperty(name);
		if (property == null) {
			property = byColumn(entity, name);
		}
		if (property.isVersionProperty()) {
			throw new IllegalArgumentException("Property '" + name + "' of " + entity.getType().getSimpleName()
					+ " is the version, which no query can name");
		}
		return property;
	}

	private static TablePersistentProperty byColumn(TablePersistentEntity<?> entity, String name) {
		StringBuilder known = new StringBuilder();
		for (TablePersistentProperty property : entity) {
			boolean system = property.isPartitionKey() || property.isRowKey() || property.isTimestamp();
			if (system && property.columnName().equals(name)) {
				return property;
			}
			known.append((known.length() > 0) ? ", " : "").append(property.getName());
		}
		throw new IllegalArgumentException(
				entity.getType().getSimpleName() + " has no property '" + name + "', only " + known);
	}

}
