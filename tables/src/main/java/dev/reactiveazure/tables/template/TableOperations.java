package dev.reactiveazure.tables.template;

import java.util.function.Function;

import dev.reactiveazure.tables.TableClient;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.UpdateMode;
import dev.reactiveazure.tables.query.Query;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stores and finds objects of mapped classes in Azure tables.
 * <p>
 * Nothing is sent before it is subscribed to. Each write emits the object with its new
 * version: another instance where the class is immutable. What fails is a
 * {@link org.springframework.dao.DataAccessException} whose message holds status, code
 * and request id, and whose cause is the client's exception. A class that can't be mapped
 * is a {@link org.springframework.data.mapping.MappingException}.
 */
public interface TableOperations {

	/**
	 * Insert an entity that does not exist yet.
	 * @return the entity; {@link org.springframework.dao.DuplicateKeyException} where its
	 * key is taken
	 */
	<T> Mono<T> insert(T entity);

	/**
	 * Replace a stored entity.
	 * @see #update(Object, UpdateMode)
	 */
	default <T> Mono<T> update(T entity) {
		return update(entity, UpdateMode.REPLACE);
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
	<T> Mono<T> update(T entity, UpdateMode mode);

	/**
	 * Insert an entity, or replace the stored one.
	 * @see #upsert(Object, UpdateMode)
	 */
	default <T> Mono<T> upsert(T entity) {
		return upsert(entity, UpdateMode.REPLACE);
	}

	/**
	 * Insert an entity, or write over the stored one; an entity that has a version is
	 * {@linkplain #update updated}, so that nobody else's change is lost.
	 */
	<T> Mono<T> upsert(T entity, UpdateMode mode);

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
	Mono<Boolean> delete(TableKey key, Class<?> type);

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
	 * Find entities, in the order of their keys; pages are asked for as they are needed.
	 */
	<T> Flux<T> find(Query query, Class<T> type);

	/**
	 * Find all entities of a class's table.
	 */
	default <T> Flux<T> findAll(Class<T> type) {
		return find(Query.all(), type);
	}

	/**
	 * Do something with the client of a class's table, with this template's exceptions.
	 */
	<R> Flux<R> execute(Class<?> type, Function<TableClient, ? extends Publisher<R>> action);

}
