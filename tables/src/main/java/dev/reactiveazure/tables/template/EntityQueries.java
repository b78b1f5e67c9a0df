package dev.reactiveazure.tables.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.reactiveazure.tables.TableClient;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TablePage;
import dev.reactiveazure.tables.TableQuery;
import dev.reactiveazure.tables.TypedTableClient;
import dev.reactiveazure.tables.query.Query;
import dev.reactiveazure.tables.query.QueryPlan;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * Finds entities by what they are.
 */
final class EntityQueries {

	private static final Comparator<TableKey> KEY_ORDER = Comparator.comparing(TableKey::partitionKey)
		.thenComparing(TableKey::rowKey);

	private static final List<String> KEYS = List.of("PartitionKey", "RowKey");

	private final MappedTables tables;

	private final TableCalls calls;

	private final EntityLifecycle lifecycle;

	private final ScanGuard scans;

	private final int concurrency;

	EntityQueries(MappedTables tables, TableCalls calls, EntityLifecycle lifecycle, ScanGuard scans, int concurrency) {
		this.tables = tables;
		this.calls = calls;
		this.lifecycle = lifecycle;
		this.scans = scans;
		this.concurrency = concurrency;
	}

	QueryPlan explain(Query query, Class<?> type) {
		return query.plan(this.tables.entity(type));
	}

	<T> Flux<T> find(Query query, Class<T> type) {
		return Flux.deferContextual((context) -> {
			MappedTable<T> table = this.tables.of(type, context);
			QueryPlan plan = plan(query, table);
			Flux<T> found = find(table, plan, table.client(), Comparator.comparing(table.codec()::key, KEY_ORDER));
			return limited(query, afterConvert(table, found)).contextWrite(PlanContext.of(plan));
		}).onErrorMap(TableCalls::translate);
	}

	<T> Mono<T> findOne(Query query, Class<T> type) {
		return find(query, type).take(2).collectList().flatMap((found) -> {
			if (found.size() > 1) {
				return Mono.error(() -> new IncorrectResultSizeDataAccessException(
						"The query for one " + type.getSimpleName() + " found more", 1));
			}
			return found.isEmpty() ? Mono.empty() : Mono.just(found.get(0));
		});
	}

	<T> Flux<TablePage<T>> pages(Query query, Class<T> type) {
		return Flux.deferContextual((context) -> {
			MappedTable<T> table = this.tables.of(type, context);
			QueryPlan plan = plan(query, table);
			Flux<TablePage<T>> pages = this.calls.in(table.name(), table.client().pages(single(table, plan)));
			return pages.concatMap((page) -> afterConvert(table, page), 0).contextWrite(PlanContext.of(plan));
		}).onErrorMap(TableCalls::translate);
	}

	/**
	 * Return a query's only request: a page's continuation means nothing to others.
	 */
	private static TableQuery single(MappedTable<?> table, QueryPlan plan) {
		List<TableQuery> requests = requests(plan);
		if (requests.size() > 1) {
			throw new InvalidDataAccessApiUsageException(
					"The query for " + table.entity().getType().getSimpleName() + " becomes " + requests.size()
							+ " requests, which have no common pages: use find, or a shorter list of values");
		}
		return requests.get(0);
	}

	/**
	 * Return a plan's requests as queries, also those that are for one key.
	 */
	static List<TableQuery> requests(QueryPlan plan) {
		if (plan.points().isEmpty()) {
			return plan.requests();
		}
		return plan.points()
			.stream()
			.map((key) -> TableQuery.filter("PartitionKey eq :p and RowKey eq :r")
				.bind("p", key.partitionKey())
				.bind("r", key.rowKey())
				.select(plan.columns()))
			.toList();
	}

	Mono<Long> count(Query query, Class<?> type) {
		return Mono.deferContextual((context) -> {
			MappedTable<?> table = this.tables.of(type, context);
			QueryPlan plan = plan(query, table, List.of("PartitionKey"));
			Flux<Long> counts = plan.requests().isEmpty() ? limited(query, keys(table, plan)).map((key) -> 1L)
					: Flux.fromIterable(plan.requests())
						.concatMap((request) -> this.calls.in(table.name(), table.rows().pages(request)), 0)
						.map((page) -> (long) page.items().size());
			return counts.reduce(0L, Long::sum)
				.map((count) -> (query.limit() > 0) ? Math.min(count, query.limit()) : count)
				.contextWrite(PlanContext.of(plan));
		}).onErrorMap(TableCalls::translate);
	}

	Mono<Boolean> exists(Query query, Class<?> type) {
		return Mono.deferContextual((context) -> {
			MappedTable<?> table = this.tables.of(type, context);
			return keys(table, query.limit(1)).hasElements();
		}).onErrorMap(TableCalls::translate);
	}

	/**
	 * Find the keys of entities, and nothing else of them.
	 */
	Flux<TableKey> keys(Query query, Class<?> type) {
		return Flux.deferContextual((context) -> keys(this.tables.of(type, context), query))
			.onErrorMap(TableCalls::translate);
	}

	/**
	 * Find the keys of entities, and nothing else of them.
	 */
	Flux<TableKey> keys(MappedTable<?> table, Query query) {
		QueryPlan plan = plan(query, table, KEYS);
		return limited(query, keys(table, plan)).contextWrite(PlanContext.of(plan));
	}

	private Flux<TableKey> keys(MappedTable<?> table, QueryPlan plan) {
		TableClient rows = table.rows();
		if (!plan.points().isEmpty()) {
			return Flux.fromIterable(plan.points())
				.flatMapSequential(
						(key) -> this.calls.in(table.name(), rows.get(key, "PartitionKey")).map((row) -> key),
						this.concurrency, 1);
		}
		return Flux.fromIterable(plan.requests())
			.concatMap((request) -> this.calls.in(table.name(), rows.query(request)), 0)
			.map((row) -> row.key());
	}

	/**
	 * Send a plan's requests, each when something of it is asked for.
	 * @param order the order of keys, to merge what overlapping requests find;
	 * {@code null} to take one request after the other
	 */
	<P> Flux<P> find(MappedTable<?> table, QueryPlan plan, TypedTableClient<P> client,
			@Nullable Comparator<? super P> order) {
		if (!plan.points().isEmpty()) {
			String[] select = plan.columns().toArray(String[]::new);
			return Flux.fromIterable(plan.points())
				.flatMapSequential((key) -> this.calls.in(table.name(), client.get(key, select)), this.concurrency, 1);
		}
		if (plan.requests().size() == 1) {
			return this.calls.in(table.name(), client.query(plan.requests().get(0)));
		}
		List<Flux<P>> parts = new ArrayList<>();
		for (TableQuery request : plan.requests()) {
			parts.add(this.calls.in(table.name(), client.query(request)));
		}
		return (plan.ordered() || order == null) ? Flux.fromIterable(parts).concatMap((part) -> part, 0)
				: merged(parts, order);
	}

	@SuppressWarnings("unchecked")
	private static <P> Flux<P> merged(List<Flux<P>> parts, Comparator<? super P> order) {
		return Flux.mergeComparing(1, order, parts.toArray(Flux[]::new));
	}

	<T> Flux<T> afterConvert(MappedTable<T> table, Flux<T> found) {
		return this.lifecycle.isEmpty() ? found
				: found.concatMap((entity) -> this.lifecycle.afterConvert(entity, table.name()), 0);
	}

	<T> Mono<TablePage<T>> afterConvert(MappedTable<T> table, TablePage<T> page) {
		if (this.lifecycle.isEmpty()) {
			return Mono.just(page);
		}
		return Flux.fromIterable(page.items())
			.concatMap((entity) -> this.lifecycle.afterConvert(entity, table.name()), 0)
			.collectList()
			.map((items) -> new TablePage<>(items, page.continuation()));
	}

	static <P> Flux<P> limited(Query query, Flux<P> found) {
		return (query.limit() > 0) ? found.take(query.limit()) : found;
	}

	QueryPlan plan(Query query, MappedTable<?> table) {
		return checked(query, query.plan(table.entity()), table);
	}

	QueryPlan plan(Query query, MappedTable<?> table, List<String> columns) {
		return checked(query, query.plan(table.entity(), columns), table);
	}

	private QueryPlan checked(Query query, QueryPlan plan, MappedTable<?> table) {
		this.scans.check(query, plan, table.entity().getType());
		return plan;
	}

	<T> MappedTable<T> table(Class<T> type, ContextView context) {
		return this.tables.of(type, context);
	}

}
