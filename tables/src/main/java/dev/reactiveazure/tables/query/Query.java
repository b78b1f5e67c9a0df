package dev.reactiveazure.tables.query;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.reactiveazure.tables.TableQuery;
import dev.reactiveazure.tables.mapping.TablePersistentEntity;
import org.jspecify.annotations.Nullable;

import org.springframework.data.core.TypedPropertyPath;
import org.springframework.util.Assert;

/**
 * A query in terms of a class's properties. Immutable.
 */
public final class Query {

	private static final Query ALL = new Query(null, List.of(), 0, 0, null, false);

	private final @Nullable Filter filter;

	private final List<String> select;

	private final int pageSize;

	private final long limit;

	private final @Nullable String continuation;

	private final boolean tableScanAllowed;

	private Query(@Nullable Filter filter, List<String> select, int pageSize, long limit, @Nullable String continuation,
			boolean tableScanAllowed) {
		this.filter = filter;
		this.select = select;
		this.pageSize = pageSize;
		this.limit = limit;
		this.continuation = continuation;
		this.tableScanAllowed = tableScanAllowed;
	}

	/**
	 * Return the query for all entities of a table.
	 */
	public static Query all() {
		return ALL;
	}

	public static Query of(Filter filter) {
		return new Query(filter, List.of(), 0, 0, null, false);
	}

	/**
	 * Return a query by a filter in the service's language, with Java property names and
	 * parameters to {@link #bind}: {@code customer eq :c and quantity gt :q}.
	 * @throws IllegalArgumentException if it is malformed; the message says where
	 */
	public static Query odata(String filter) {
		return of(ODataFilter.of(filter));
	}

	/**
	 * Give a parameter of an {@link #odata} filter its value.
	 * @throws IllegalArgumentException if there is no such parameter
	 */
	public Query bind(String parameter, Object value) {
		if (!(this.filter instanceof ODataFilter odata)) {
			throw new IllegalArgumentException("Only a query by Query.odata(..) has parameters to bind");
		}
		return new Query(odata.bind(parameter, value), this.select, this.pageSize, this.limit, this.continuation,
				this.tableScanAllowed);
	}

	/**
	 * Read these properties only; others are {@code null} or zero, so that the class's
	 * constructor must take them so. Keys and version are always read, an
	 * {@link dev.reactiveazure.tables.mapping.Embedded} object is read as a whole, and
	 * all columns where the map of unmapped ones is selected.
	 * @param properties Java names
	 */
	public Query select(String... properties) {
		return new Query(this.filter, List.of(properties), this.pageSize, this.limit, this.continuation,
				this.tableScanAllowed);
	}

	/**
	 * Read these properties only; others are {@code null} or zero, so that the class's
	 * constructor must take them so. Keys and version are always read, an
	 * {@link dev.reactiveazure.tables.mapping.Embedded} object is read as a whole, and
	 * all columns where the map of unmapped ones is selected.
	 * @param properties getters, such as {@code Order::customer}
	 */
	@SafeVarargs
	public final <T> Query select(TypedPropertyPath<T, ?>... properties) {
		List<String> names = new ArrayList<>();
		for (TypedPropertyPath<T, ?> property : properties) {
			names.add(TypedPropertyPath.of(property).toDotPath());
		}
		return new Query(this.filter, names, this.pageSize, this.limit, this.continuation, this.tableScanAllowed);
	}

	/**
	 * Set how many entities one answer may have, which changes the number of requests and
	 * not the result.
	 * @param pageSize 1 to 1,000
	 */
	public Query pageSize(int pageSize) {
		Assert.isTrue(pageSize >= 1 && pageSize <= TableQuery.MAX_PAGE_SIZE, "pageSize must be between 1 and 1000");
		return new Query(this.filter, this.select, pageSize, this.limit, this.continuation, this.tableScanAllowed);
	}

	/**
	 * Set how many entities to return in total.
	 * @param limit at least 1
	 */
	public Query limit(long limit) {
		Assert.isTrue(limit >= 1, "limit must be at least 1");
		return new Query(this.filter, this.select, this.pageSize, limit, this.continuation, this.tableScanAllowed);
	}

	/**
	 * Find what a filter is for, instead of what this query was for.
	 */
	public Query matching(Filter filter) {
		Assert.notNull(filter, "filter must not be null");
		return new Query(filter, this.select, this.pageSize, this.limit, this.continuation, this.tableScanAllowed);
	}

	/**
	 * Begin behind a page.
	 * @param continuation the page's
	 * {@link dev.reactiveazure.tables.TablePage#continuation()}; {@code null} for the
	 * start
	 */
	public Query from(@Nullable String continuation) {
		return new Query(this.filter, this.select, this.pageSize, this.limit, continuation, this.tableScanAllowed);
	}

	/**
	 * Let this query read a whole table, whatever the template's {@link ScanPolicy} is.
	 */
	public Query allowTableScan() {
		return new Query(this.filter, this.select, this.pageSize, this.limit, this.continuation, true);
	}

	public boolean isTableScanAllowed() {
		return this.tableScanAllowed;
	}

	/**
	 * Return how many entities to return in total; 0 for all.
	 */
	public long limit() {
		return this.limit;
	}

	/**
	 * Return the Java names of the properties to read; empty for all.
	 */
	public List<String> selected() {
		return this.select;
	}

	/**
	 * Return what is sent for this query, for entities of a class.
	 * @throws IllegalArgumentException if it does not fit the class, or the service would
	 * not take it
	 */
	public QueryPlan plan(TablePersistentEntity<?> entity) {
		return plan(entity, columns(entity));
	}

	/**
	 * Return what is sent for this query, where other columns are asked for.
	 * @param columns stored names; empty for all
	 * @see #plan(TablePersistentEntity)
	 */
	public QueryPlan plan(TablePersistentEntity<?> entity, List<String> columns) {
		TableQuery template = new TableQuery(null, columns, this.pageSize, this.limit, this.continuation);
		return new QueryPlanner(entity, template).plan(this.filter);
	}

	private List<String> columns(TablePersistentEntity<?> entity) {
		if (this.select.isEmpty() || this.select.stream().anyMatch((name) -> FilterProperty.isOpen(entity, name))) {
			return List.of();
		}
		Set<String> columns = new LinkedHashSet<>(List.of("PartitionKey", "RowKey"));
		for (String name : this.select) {
			columns.addAll(FilterProperty.columns(entity, name));
		}
		if (entity.typeColumn() != null) {
			columns.add(entity.typeColumn());
		}
		return List.copyOf(columns);
	}

}
