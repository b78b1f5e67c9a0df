package dev.reactiveazure.tables.mapping;

import dev.reactiveazure.tables.RowWriter;

/**
 * Writes a property of an entity.
 */
sealed interface ColumnWriter permits Column, SplitColumns {

	void write(Object entity, RowWriter row);

}
