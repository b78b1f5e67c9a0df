package dev.reactiveazure.tables.mapping;

/**
 * A property that is a column or a part of a key, wherever in the entity it is.
 *
 * @param path its Java path
 * @param column the column's name
 * @param property the property itself
 */
record MappedProperty(String path, String column, TablePersistentProperty property) {
}
