package dev.reactiveazure.tables;

import java.util.List;

import dev.reactiveazure.core.pipeline.PercentEncoding;

/**
 * The paths of a table, its collection of entities, and one entity.
 */
final class EntityAddress {

	private final String collection;

	private final String prefix;

	EntityAddress(String table) {
		this.collection = "/" + PercentEncoding.encode(table);
		this.prefix = this.collection + "(PartitionKey='";
	}

	String collection() {
		return this.collection;
	}

	String entity(TableKey key) {
		StringBuilder path = new StringBuilder(
				this.prefix.length() + key.partitionKey().length() + key.rowKey().length() + 24);
		path.append(this.prefix);
		append(path, key.partitionKey());
		path.append("',RowKey='");
		append(path, key.rowKey());
		return path.append("')").toString();
	}

	/**
	 * Return where an entity is found, with some of its properties.
	 * @param select their names; empty for all
	 */
	String entity(TableKey key, List<String> select) {
		return select.isEmpty() ? entity(key)
				: entity(key) + "?$select=" + PercentEncoding.encode(String.join(",", select));
	}

	/**
	 * Return the path of a partition's entities up to where the row key begins.
	 */
	String partition(String partitionKey) {
		StringBuilder path = new StringBuilder(this.prefix.length() + partitionKey.length() + 16);
		append(path.append(this.prefix), partitionKey);
		return path.append("',RowKey='").toString();
	}

	private static void append(StringBuilder path, String key) {
		PercentEncoding.append(path, (key.indexOf('\'') < 0) ? key : key.replace("'", "''"));
	}

	/**
	 * Return where a page of a query is found.
	 * @param top how many entities it may have, 0 for the service's choice
	 */
	String query(TableQuery query, int top) {
		return query(this.collection + "()", query, top);
	}

	static String query(String collection, TableQuery query, int top) {
		query.requireBound();
		StringBuilder path = new StringBuilder(collection);
		char separator = '?';
		if (query.filter() != null) {
			path.append(separator).append("$filter=");
			PercentEncoding.append(path, query.filter());
			separator = '&';
		}
		if (!query.select().isEmpty()) {
			path.append(separator).append("$select=");
			PercentEncoding.append(path, String.join(",", query.select()));
			separator = '&';
		}
		if (top > 0) {
			path.append(separator).append("$top=").append(top);
		}
		return path.toString();
	}

	static String table(String name) {
		return "/Tables('" + PercentEncoding.encode(name.replace("'", "''")) + "')";
	}

}
