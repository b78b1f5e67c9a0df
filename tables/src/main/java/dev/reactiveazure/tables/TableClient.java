package dev.reactiveazure.tables;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One table, with entities as names and values; {@link #typed} gives it with entities of
 * a class. Borrows the connections of its {@link TableServiceClient}. Thread-safe.
 * <p>
 * All operations behave as those of {@link TypedTableClient}.
 */
public final class TableClient {

	private final TableServiceClient service;

	private final TypedTableClient<TableEntity> entities;

	TableClient(TableServiceClient service, TypedTableClient<TableEntity> entities) {
		this.service = service;
		this.entities = entities;
	}

	public String tableName() {
		return this.entities.tableName();
	}

	/**
	 * Return this table with entities that a codec reads and writes. Costs some time:
	 * keep it.
	 */
	public <T> TypedTableClient<T> typed(EntityCodec<T> codec) {
		return this.service.typed(tableName(), codec);
	}

	public Mono<TableEntity> insert(TableEntity entity) {
		return this.entities.insert(entity);
	}

	public Mono<TableEntity> get(TableKey key) {
		return this.entities.get(key);
	}

	public Mono<TableEntity> get(String partitionKey, String rowKey) {
		return this.entities.get(partitionKey, rowKey);
	}

	public Flux<TableEntity> query(TableQuery query) {
		return this.entities.query(query);
	}

	public Flux<TablePage<TableEntity>> pages(TableQuery query) {
		return this.entities.pages(query);
	}

	public Mono<TableEntity> replace(TableEntity entity) {
		return this.entities.replace(entity);
	}

	public Mono<TableEntity> replace(TableEntity entity, MatchCondition condition) {
		return this.entities.replace(entity, condition);
	}

	public Mono<TableEntity> merge(TableEntity entity) {
		return this.entities.merge(entity);
	}

	public Mono<TableEntity> merge(TableEntity entity, MatchCondition condition) {
		return this.entities.merge(entity, condition);
	}

	public Mono<TableEntity> upsert(TableEntity entity, UpdateMode mode) {
		return this.entities.upsert(entity, mode);
	}

	public Mono<Boolean> delete(TableEntity entity) {
		return this.entities.delete(entity);
	}

	public Mono<Boolean> delete(TableKey key, MatchCondition condition) {
		return this.entities.delete(key, condition);
	}

}
