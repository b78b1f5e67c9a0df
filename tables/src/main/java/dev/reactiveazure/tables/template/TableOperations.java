package dev.reactiveazure.tables.template;

import java.util.function.Function;
import java.util.function.Supplier;

import dev.reactiveazure.tables.MatchCondition;
import dev.reactiveazure.tables.TableClient;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TablePage;
import dev.reactiveazure.tables.UpdateMode;
import dev.reactiveazure.tables.query.Query;
import dev.reactiveazure.tables.query.QueryPlan;
import dev.reactiveazure.tables.query.Update;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;

/**
 * Stores and finds objects of mapped classes in Azure tables.
 * <p>
 * Nothing is sent before it is subscribed to. Each write emits the object with its new
 * version, without another request: another instance where the class is immutable. What
 * fails is a {@link org.springframework.dao.DataAccessException} whose message holds
 * status, code and request id, and whose cause is the client's exception. A class that
 * can't be mapped is a {@link org.springframework.data.mapping.MappingException}. Values
 * are emitted on the thread that received the answer.
 */
public interface TableOperations {

	// == One entity: writes ==

	/**
	 * Insert an entity that does not exist yet.
	 * @return the entity; {@link org.springframework.dao.DuplicateKeyException} where its
	 * key is taken
	 */
	<T> Mono<T> insert(T entity);

	/**
	 * Write over a stored entity, in the default mode of class or template.
	 * @see #update(Object, UpdateMode)
	 */
	default <T> Mono<T> update(T entity) {
		return update(entity, WriteOptions.defaults());
	}

	/**
	 * Write over a stored entity: of the version that the given one has, or whichever it
	 * is where the class has no {@code @Version}.
	 * @return the entity;
	 * {@link org.springframework.dao.OptimisticLockingFailureException} where it has
	 * changed or gone since,
	 * {@link org.springframework.dao.DataRetrievalFailureException} where one without a
	 * version does not exist,
	 * {@link org.springframework.dao.InvalidDataAccessApiUsageException} where the class
	 * has a version and the entity none
	 */
	default <T> Mono<T> update(T entity, UpdateMode mode) {
		return update(entity, WriteOptions.defaults().withMode(mode));
	}

	/**
	 * Write over a stored entity.
	 * @see #update(Object, UpdateMode)
	 */
	<T> Mono<T> update(T entity, WriteOptions options);

	/**
	 * Insert an entity, or write over the stored one, in the default mode of class or
	 * template.
	 * @see #upsert(Object, UpdateMode)
	 */
	default <T> Mono<T> upsert(T entity) {
		return upsert(entity, WriteOptions.defaults());
	}

	/**
	 * Insert an entity, or write over the stored one; an entity that has a version is
	 * {@linkplain #update updated}, so that nobody else's change is lost.
	 */
	default <T> Mono<T> upsert(T entity, UpdateMode mode) {
		return upsert(entity, WriteOptions.defaults().withMode(mode));
	}

	/**
	 * Insert an entity, or write over the stored one.
	 * @see #upsert(Object, UpdateMode)
	 */
	<T> Mono<T> upsert(T entity, WriteOptions options);

	/**
	 * Insert an entity whose version is {@code null}, update one that has a version, and
	 * upsert one whose class has none; of these, one that says it is new as a
	 * {@link org.springframework.data.domain.Persistable} is inserted.
	 */
	<T> Mono<T> save(T entity);

	/**
	 * Delete an entity: of the version that the given one has, or whichever.
	 * @return whether there was one;
	 * {@link org.springframework.dao.OptimisticLockingFailureException} where it has
	 * changed since
	 */
	Mono<Boolean> delete(Object entity);

	/**
	 * Delete an entity in whichever version.
	 * @return whether there was one
	 */
	default Mono<Boolean> delete(TableKey key, Class<?> type) {
		return delete(key, type, MatchCondition.any());
	}

	/**
	 * Delete an entity.
	 * @return whether there was one;
	 * {@link org.springframework.dao.OptimisticLockingFailureException} where it is not
	 * as the condition says
	 */
	Mono<Boolean> delete(TableKey key, Class<?> type, MatchCondition condition);

	// == One entity: changes by what is stored ==

	/**
	 * Change some properties of a stored entity.
	 * @return whether there is one;
	 * {@link org.springframework.dao.OptimisticLockingFailureException} where it is not
	 * of the version that the update asks for;
	 * {@link org.springframework.dao.InvalidDataAccessApiUsageException} where the update
	 * does not fit the class
	 */
	Mono<Boolean> update(TableKey key, Update update, Class<?> type);

	/**
	 * Read an entity, change it, and write it unless somebody else did in between; then
	 * read it again, for as many {@linkplain TableTemplateOptions#modifyAttempts()
	 * attempts} as the options say, after short random waits. Calls on one entity by one
	 * template take turns.
	 * @param change makes of the stored entity what to store, of the same key; called
	 * with each attempt, so it must do nothing else
	 * @return the entity as it is stored now; empty where there is none;
	 * {@link org.springframework.dao.OptimisticLockingFailureException} after the last
	 * attempt
	 */
	<T> Mono<T> modify(TableKey key, Class<T> type, Function<? super T, ? extends T> change);

	/**
	 * Read an entity, or insert one where there is none. Where somebody else inserts it
	 * in between, that is emitted.
	 * @param initial gives the entity to insert, of that key
	 */
	<T> Mono<T> getOrCreate(TableKey key, Class<T> type, Supplier<? extends T> initial);

	// == One entity: reads ==

	/**
	 * Read an entity.
	 * @return the entity; empty where there is none
	 */
	<T> Mono<T> findByKey(TableKey key, Class<T> type);

	/**
	 * Read an entity.
	 * @return the entity; empty where there is none
	 */
	default <T> Mono<T> findByKey(String partitionKey, String rowKey, Class<T> type) {
		return findByKey(TableKey.of(partitionKey, rowKey), type);
	}

	/**
	 * Read entities, {@linkplain TableTemplateOptions#readConcurrency() some} at once.
	 * @return those that there are, in the order of their keys in the input
	 */
	<T> Flux<T> findAllByKey(Publisher<TableKey> keys, Class<T> type);

	/**
	 * Return whether there is an entity, of which its key only is read.
	 */
	Mono<Boolean> exists(TableKey key, Class<?> type);

	// == Queries ==

	/**
	 * Begin a query step by step.
	 */
	<T> FluentQuery<T> query(Class<T> type);

	/**
	 * Find entities, in the order of their keys; pages are asked for as they are needed,
	 * and never one ahead.
	 */
	<T> Flux<T> find(Query query, Class<T> type);

	/**
	 * Find entities, and show them as another type, for which only the columns that it
	 * has are asked for.
	 * @param projection an interface with getters, or a class whose constructor takes
	 * some of the properties, by name
	 */
	<T, P> Flux<P> find(Query query, Class<T> type, Class<P> projection);

	/**
	 * Find all entities of a class's table.
	 */
	default <T> Flux<T> findAll(Class<T> type) {
		return find(Query.all(), type);
	}

	/**
	 * Find the entity that there is at most one of.
	 * @return the entity; empty where there is none;
	 * {@link org.springframework.dao.IncorrectResultSizeDataAccessException} where there
	 * are more
	 */
	<T> Mono<T> findOne(Query query, Class<T> type);

	/**
	 * Find as many entities as the query's {@linkplain Query#limit(long) limit} says,
	 * fewer only at the end of the result.
	 * @param position {@link TableScrollPosition#start()} or where the window before
	 * ended
	 * @return a window, of which the last entity has a position that can be kept
	 */
	<T> Mono<Window<T>> scroll(Query query, ScrollPosition position, Class<T> type);

	/**
	 * Find pages as the service cuts them, each when it is asked for; from none to 1,000
	 * entities each. The query's limit is not looked at.
	 */
	<T> Flux<TablePage<T>> pages(Query query, Class<T> type);

	/**
	 * Count entities, of which the service sends keys only: it can't count itself.
	 */
	Mono<Long> count(Query query, Class<?> type);

	/**
	 * Return whether a query finds anything.
	 */
	Mono<Boolean> exists(Query query, Class<?> type);

	/**
	 * Delete what a query finds, in whichever version, by its keys and in batches.
	 * @return how many there were; a failure ends it, when others may be deleted
	 */
	Mono<Long> delete(Query query, Class<?> type);

	/**
	 * Return what is sent for a query.
	 * @throws IllegalArgumentException if it does not fit the class
	 */
	QueryPlan explain(Query query, Class<?> type);

	/**
	 * Return what is sent for a query whose result is shown as another type.
	 * @throws IllegalArgumentException if it does not fit the class
	 */
	QueryPlan explain(Query query, Class<?> type, Class<?> projection);

	// == Many writes ==

	/**
	 * Carry out any number of writes, in batches.
	 * @see BulkOptions
	 * @return one result for each write; never an error but for what the input emits, or
	 * what {@link BulkOptions#failFast()} asks for
	 */
	<T> Flux<BulkResult<T>> bulk(Publisher<? extends TableWrite<T>> writes, BulkOptions options);

	/**
	 * Insert entities, in batches.
	 * @return them with their versions, in the order of the input; the first failure ends
	 * it, when others may be stored
	 */
	default <T> Flux<T> insertAll(Publisher<? extends T> entities) {
		return bulk(Flux.<T>from(entities).map(TableWrite::insert), BulkOptions.allOrError())
			.handle(TableOperations::passEntityOn);
	}

	/**
	 * {@linkplain #save Save} entities, in batches.
	 * @return them with their versions, in the order of the input; the first failure ends
	 * it, when others may be stored
	 */
	default <T> Flux<T> saveAll(Publisher<? extends T> entities) {
		return bulk(Flux.<T>from(entities).map(TableWrite::save), BulkOptions.allOrError())
			.handle(TableOperations::passEntityOn);
	}

	private static <T> void passEntityOn(BulkResult<T> result, SynchronousSink<T> sink) {
		T entity = result.entity();
		if (entity != null) {
			sink.next(entity);
		}
	}

	/**
	 * Carry out up to 100 writes on one partition together, or none of them.
	 * @param writes the writes, each on another entity of the same partition
	 * @return the entities with their new versions;
	 * {@link org.springframework.dao.DataIntegrityViolationException} before anything is
	 * sent where they can't be one transaction
	 */
	Mono<TransactionEntities> inTransaction(Iterable<? extends TableWrite<?>> writes);

	// == Elsewhere ==

	/**
	 * Return operations on one certain table, whichever class they are with.
	 */
	TableOperations inTable(String table);

	/**
	 * Do something with the client of a class's table, with this template's exceptions.
	 */
	<R> Flux<R> execute(Class<?> type, Function<TableClient, ? extends Publisher<R>> action);

}
