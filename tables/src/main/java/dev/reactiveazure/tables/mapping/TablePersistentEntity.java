package dev.reactiveazure.tables.mapping;

import org.jspecify.annotations.Nullable;

import org.springframework.data.core.TypeInformation;
import org.springframework.data.mapping.PersistentProperty;
import org.springframework.data.mapping.model.BasicPersistentEntity;
import org.springframework.data.support.IsNewStrategy;
import org.springframework.util.StringUtils;

/**
 * A class that is stored in a table.
 *
 * @param <T> the class
 */
public class TablePersistentEntity<T> extends BasicPersistentEntity<T, TablePersistentProperty> {

	private final String tableName;

	/**
	 * Create the entity.
	 * @param information the class
	 */
	@SuppressWarnings("this-escape")
	public TablePersistentEntity(TypeInformation<T> information) {
		super(information);
		Table table = findAnnotation(Table.class);
		this.tableName = (table != null && StringUtils.hasText(table.name())) ? table.name()
				: StringUtils.uncapitalize(information.getType().getSimpleName());
	}

	/**
	 * Return the name of the table that entities are stored in.
	 */
	public String tableName() {
		return this.tableName;
	}

	/**
	 * Return whether the table's name is an expression, <code>#{..}</code>, or has
	 * placeholders, <code>${..}</code>, so that it is known only when it is used.
	 */
	public boolean hasTableNameExpression() {
		return this.tableName.contains("#{") || this.tableName.contains("${");
	}

	/**
	 * Assigned keys do not tell whether an entity is new: without a version and unless it
	 * says so itself, it is not.
	 */
	@Override
	protected IsNewStrategy getFallbackIsNewStrategy() {
		PersistentProperty<?> version = getVersionProperty();
		return (entity) -> version != null && getPropertyAccessor(entity).getProperty(version) == null;
	}

	public @Nullable TablePersistentProperty partitionKeyProperty() {
		return getPersistentProperty(PartitionKey.class);
	}

	public @Nullable TablePersistentProperty rowKeyProperty() {
		return getPersistentProperty(RowKey.class);
	}

}
