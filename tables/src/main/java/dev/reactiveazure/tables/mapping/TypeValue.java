package dev.reactiveazure.tables.mapping;

/**
 * What the rows of a class have in the column that tells it from others.
 *
 * @param column the column's name
 * @param value the value
 */
record TypeValue(String column, String value) {
}
