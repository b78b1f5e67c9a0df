package dev.reactiveazure.tables.template;

import dev.reactiveazure.tables.TablePage;
import dev.reactiveazure.tables.query.Filter;
import dev.reactiveazure.tables.query.Query;
import dev.reactiveazure.tables.query.QueryPlan;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.data.core.TypedPropertyPath;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;

/**
 * A query step by step. Immutable, so that a step can be the beginning of several
 * queries; nothing is sent before a result is subscribed to.
 *
 * <pre class="code">
 * template.query(Order.class).matching(where(Order::customer).is("ada")).limit(20).all()
 * </pre>
 *
 * @param <T> the entities' class
 */
public final class FluentQuery<T> {

	private final TableOperations operations;

	private final Class<T> type;

	private final Query query;

	FluentQuery(TableOperations operations, Class<T> type, Query query) {
		this.operations = operations;
		this.type = type;
		this.query = query;
	}

	/**
	 * Look in a certain table, instead of the class's.
	 */
	public FluentQuery<T> inTable(String table) {
		return new FluentQuery<>(this.operations.inTable(table), this.type, this.query);
	}

	/**
	 * Find what a filter is for; without one, everything.
	 */
	public FluentQuery<T> matching(Filter filter) {
		return with(this.query.matching(filter));
	}

	/**
	 * Read these properties only.
	 * @see Query#select(TypedPropertyPath[])
	 */
	@SafeVarargs
	@SuppressWarnings("varargs") // only read
	public final FluentQuery<T> select(TypedPropertyPath<T, ?>... properties) {
		return with(this.query.select(properties));
	}

	/**
	 * Set how many entities one answer may have, 1 to 1,000.
	 */
	public FluentQuery<T> pageSize(int pageSize) {
		return with(this.query.pageSize(pageSize));
	}

	/**
	 * Set how many entities to find in total, at least 1; the size of windows.
	 */
	public FluentQuery<T> limit(long limit) {
		return with(this.query.limit(limit));
	}

	/**
	 * Begin behind a {@linkplain TablePage#continuation() page}.
	 */
	public FluentQuery<T> from(@Nullable String continuation) {
		return with(this.query.from(continuation));
	}

	/**
	 * Let this query read a whole table.
	 * @see Query#allowTableScan()
	 */
	public FluentQuery<T> allowTableScan() {
		return with(this.query.allowTableScan());
	}

	/**
	 * Show what is found as another type: an interface with getters, or a class whose
	 * constructor takes some of the properties, by name.
	 */
	public <P> FluentProjection<P> as(Class<P> projection) {
		return new FluentProjection<>(this.operations, this.type, projection, this.query);
	}

	/**
	 * Find all entities.
	 * @see TableOperations#find
	 */
	public Flux<T> all() {
		return this.operations.find(this.query, this.type);
	}

	/**
	 * Find the first entity.
	 * @return the entity; empty where there is none
	 */
	public Mono<T> first() {
		return this.operations.find(this.query.limit(1), this.type).next();
	}

	/**
	 * Find the only entity.
	 * @see TableOperations#findOne
	 */
	public Mono<T> one() {
		return this.operations.findOne(this.query, this.type);
	}

	/**
	 * Count the entities.
	 * @see TableOperations#count
	 */
	public Mono<Long> count() {
		return this.operations.count(this.query, this.type);
	}

	/**
	 * Return whether there is an entity.
	 */
	public Mono<Boolean> exists() {
		return this.operations.exists(this.query, this.type);
	}

	/**
	 * Find a window.
	 * @see TableOperations#scroll
	 */
	public Mono<Window<T>> scroll(ScrollPosition position) {
		return this.operations.scroll(this.query, position, this.type);
	}

	/**
	 * Find pages.
	 * @see TableOperations#pages
	 */
	public Flux<TablePage<T>> pages() {
		return this.operations.pages(this.query, this.type);
	}

	/**
	 * Delete the entities.
	 * @see TableOperations#delete(Query, Class)
	 */
	public Mono<Long> delete() {
		return this.operations.delete(this.query, this.type);
	}

	/**
	 * Return what is sent.
	 * @see TableOperations#explain
	 */
	public QueryPlan explain() {
		return this.operations.explain(this.query, this.type);
	}

	private FluentQuery<T> with(Query changed) {
		return new FluentQuery<>(this.operations, this.type, changed);
	}

}
