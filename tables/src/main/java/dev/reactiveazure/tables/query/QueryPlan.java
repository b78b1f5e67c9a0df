package dev.reactiveazure.tables.query;

import java.util.List;

import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TableQuery;

/**
 * What a query becomes: requests to the service, known before the first is sent.
 *
 * @param access how the service finds what the dearest of the requests is for
 * @param points entities that are read by their keys, in order; empty where there are
 * {@code requests}
 * @param requests the queries to send, each for as many pages as there are; empty where
 * there are {@code points}
 * @param ordered whether each request's entities are behind those of the one before in
 * the order of keys; otherwise what they find is merged
 * @param columns the columns that are asked for; empty for all
 */
public record QueryPlan(QueryAccess access, List<TableKey> points, List<TableQuery> requests, boolean ordered,
		List<String> columns) {

	public QueryPlan {
		points = List.copyOf(points);
		requests = List.copyOf(requests);
		columns = List.copyOf(columns);
	}

	/**
	 * Return whether the service has to read a whole table.
	 */
	public boolean isTableScan() {
		return this.access == QueryAccess.TABLE_SCAN;
	}

	/**
	 * Return the plan in words, with the filters' values.
	 */
	public String describe() {
		StringBuilder text = new StringBuilder(this.access.name());
		if (!this.points.isEmpty()) {
			text.append(": ").append(this.points.size()).append(" by key");
		}
		for (TableQuery request : this.requests) {
			text.append("\n  ").append((request.filter() != null) ? request.filter() : "(no filter)");
		}
		return text.toString();
	}

}
