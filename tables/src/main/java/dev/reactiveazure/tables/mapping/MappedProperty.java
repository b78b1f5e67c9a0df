package dev.reactiveazure.tables.mapping;

import java.util.ArrayList;
import java.util.List;

/**
 * A property that is a column or a part of a key, wherever in the entity it is.
 *
 * @param path its Java path
 * @param column the column's name
 * @param property the property itself
 */
record MappedProperty(String path, String column, TablePersistentProperty property) {

	/**
	 * Return the names of all columns that this may be in: pieces and former names, too.
	 */
	List<String> columns() {
		List<String> names = new ArrayList<>();
		for (int i = 0; i < (this.property.isSplit() ? SplitColumns.MOST_PIECES : 1); i++) {
			names.add(SplitColumns.name(this.column, i));
		}
		String prefix = this.column.substring(0, this.column.length() - this.property.columnName().length());
		this.property.settings().aliases().forEach((alias) -> names.add(prefix + alias));
		return names;
	}

}
