package dev.reactiveazure.tables;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A query as the service takes it.
 * <p>
 * The filter is OData text in terms of stored names: constant, with parameters for values
 * that are given by {@link #bind}, and passed on as it is otherwise. Never put it
 * together with text from outside.
 *
 * @param filter the filter, such as {@code PartitionKey eq :p and age gt :a};
 * {@code null} for all entities
 * @param select stored names of the properties to return; empty for all
 * @param pageSize entities that one answer may have, 1 to 1,000; 0 for the service's
 * choice, which is 1,000
 * @param limit entities to return in total, 0 for no limit
 * @param continuation a page's {@link TablePage#continuation()} to go on from;
 * {@code null} for the start
 */
public record TableQuery(@Nullable String filter, List<String> select, int pageSize, long limit,
		@Nullable String continuation) {

	/** The largest page that the service returns. */
	public static final int MAX_PAGE_SIZE = 1000;

	private static final TableQuery ALL = new TableQuery(null, List.of(), 0, 0, null);

	public TableQuery {
		select = List.copyOf(select);
		Assert.isTrue(pageSize >= 0 && pageSize <= MAX_PAGE_SIZE,
				() -> "pageSize must be between 1 and 1000, or 0 for the service's choice");
		Assert.isTrue(limit >= 0, "limit must not be negative");
		Assert.isTrue(select.size() <= 255, "select must not have more than 255 names");
		Continuation.check(continuation);
	}

	/**
	 * Return the query for all entities.
	 */
	public static TableQuery all() {
		return ALL;
	}

	/**
	 * Return the query for the entities that a filter is for.
	 * @param filter the filter, constant; its parameters are given values by
	 * {@link #bind}
	 */
	public static TableQuery filter(String filter) {
		return new TableQuery(filter, List.of(), 0, 0, null);
	}

	/**
	 * Give a parameter of the filter its value, as a literal of the value's own type:
	 * quoted and escaped, so that none can change what the filter says. A query with a
	 * parameter that has no value is refused before anything is sent.
	 * @param parameter its name, without the colon
	 * @param value a value of one of the eight Java types of {@link EdmType}, which must
	 * be the stored property's; or an {@link java.time.OffsetDateTime}, taken for its
	 * {@link java.time.Instant}
	 * @throws IllegalArgumentException if the filter has no such parameter (any more), or
	 * if there is no literal of the value
	 */
	public TableQuery bind(String parameter, Object value) {
		String bound = FilterParameters.bind((this.filter != null) ? this.filter : "", parameter, value);
		return new TableQuery(bound, this.select, this.pageSize, this.limit, this.continuation);
	}

	void requireBound() {
		if (this.filter != null) {
			FilterParameters.requireNone(this.filter);
		}
	}

	public TableQuery select(List<String> names) {
		return new TableQuery(this.filter, names, this.pageSize, this.limit, this.continuation);
	}

	public TableQuery select(String... names) {
		return select(List.of(names));
	}

	public TableQuery pageSize(int pageSize) {
		return new TableQuery(this.filter, this.select, pageSize, this.limit, this.continuation);
	}

	public TableQuery limit(long limit) {
		return new TableQuery(this.filter, this.select, this.pageSize, limit, this.continuation);
	}

	/**
	 * Return this query from a page on.
	 * @param continuation the {@link TablePage#continuation()} of the page before, of the
	 * same query; {@code null} for the start
	 */
	public TableQuery from(@Nullable String continuation) {
		return new TableQuery(this.filter, this.select, this.pageSize, this.limit, continuation);
	}

}
