package dev.reactiveazure.tables.template;

import dev.reactiveazure.tables.query.Query;
import dev.reactiveazure.tables.query.QueryPlan;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.dao.IncorrectResultSizeDataAccessException;

/**
 * A query whose result is shown as another type, for which only the columns that it has
 * are asked for. Immutable.
 *
 * @param <P> the type
 */
public final class FluentProjection<P> {

	private final TableOperations operations;

	private final Class<?> type;

	private final Class<P> projection;

	private final Query query;

	FluentProjection(TableOperations operations, Class<?> type, Class<P> projection, Query query) {
		this.operations = operations;
		this.type = type;
		this.projection = projection;
		this.query = query;
	}

	/**
	 * Find all.
	 */
	public Flux<P> all() {
		return this.operations.find(this.query, this.type, this.projection);
	}

	/**
	 * Find the first.
	 * @return it; empty where there is none
	 */
	public Mono<P> first() {
		return this.operations.find(this.query.limit(1), this.type, this.projection).next();
	}

	/**
	 * Find the only one.
	 * @return it; empty where there is none;
	 * {@link IncorrectResultSizeDataAccessException} where there are more
	 */
	public Mono<P> one() {
		return all().take(2).collectList().flatMap((found) -> {
			if (found.size() > 1) {
				return Mono.error(() -> new IncorrectResultSizeDataAccessException(
						"The query for one " + this.type.getSimpleName() + " found more", 1));
			}
			return found.isEmpty() ? Mono.empty() : Mono.just(found.get(0));
		});
	}

	/**
	 * Return what is sent.
	 * @see TableOperations#explain
	 */
	public QueryPlan explain() {
		return this.operations.explain(this.query, this.type, this.projection);
	}

}
