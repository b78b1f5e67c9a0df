package dev.reactiveazure.tables;

import java.util.List;

import dev.reactiveazure.core.AzureCredential;
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

	private final ServiceSetup setup;

	private final TypedTableClient<TableEntity> entities;

	TableClient(TableServiceClient service, ServiceSetup setup, TypedTableClient<TableEntity> entities) {
		this.service = service;
		this.setup = setup;
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

	/**
	 * Create this table.
	 * @see TableServiceClient#createTable
	 */
	public Mono<Void> createTable() {
		return this.service.createTable(tableName());
	}

	/**
	 * Create this table, which may exist.
	 * @see TableServiceClient#createTableIfAbsent
	 */
	public Mono<Boolean> createTableIfAbsent() {
		return this.service.createTableIfAbsent(tableName());
	}

	/**
	 * Delete this table with all that is in it.
	 * @see TableServiceClient#deleteTable
	 */
	public Mono<Boolean> deleteTable() {
		return this.service.deleteTable(tableName());
	}

	public Mono<TableEntity> insert(TableEntity entity) {
		return this.entities.insert(entity);
	}

	public Mono<TableEntity> insertAndGet(TableEntity entity) {
		return this.entities.insertAndGet(entity);
	}

	public Mono<TableEntity> get(TableKey key) {
		return this.entities.get(key);
	}

	public Mono<TableEntity> get(TableKey key, String... select) {
		return this.entities.get(key, select);
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

	public TableTransaction<TableEntity> transaction() {
		return this.entities.transaction();
	}

	/**
	 * Read the table's stored access policies. Storage accounts only, with the account's
	 * key.
	 */
	public Mono<List<AccessPolicy>> getAccessPolicies() {
		return this.setup.policies(new EntityAddress(tableName()), tableName());
	}

	/**
	 * Replace the table's stored access policies. Storage accounts only, with the
	 * account's key; it takes up to 30 seconds until they are in force.
	 * @param policies at most five, of different ids; empty for none
	 */
	public Mono<Void> setAccessPolicies(List<AccessPolicy> policies) {
		return this.setup.policies(new EntityAddress(tableName()), tableName(), policies);
	}

	/**
	 * Sign a shared access signature of the table, without a request.
	 * @throws IllegalStateException if this client has no account key to sign with
	 */
	public AzureCredential.Sas generateSas(TableSas sas) {
		return sas.sign(this.service.accountKey(), tableName());
	}

}
