package dev.reactiveazure.tables.mapping;

import java.util.UUID;

import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.TablesService;
import dev.reactiveazure.tables.TypedTableClient;

import static dev.reactiveazure.tables.Awaited.await;

/**
 * A table of its own on a service, for objects and for what is stored of them.
 */
final class MappedTable implements AutoCloseable {

	private final TableServiceClient client;

	private final TableMappingContext mapping;

	private final String name = "m" + UUID.randomUUID().toString().replace("-", "");

	MappedTable(TablesService service) {
		this(service, TableMappingOptions.defaults());
	}

	MappedTable(TablesService service, TableMappingOptions options) {
		this.client = service.client();
		this.mapping = new TableMappingContext(options);
		await(this.client.createTableIfAbsent(this.name));
	}

	TableMappingContext mapping() {
		return this.mapping;
	}

	<T> TypedTableClient<T> of(Class<T> type) {
		return this.client.getTableClient(this.name).typed(this.mapping.getCodec(type));
	}

	@SuppressWarnings("unchecked")
	<T> T insert(T entity) {
		return await(of((Class<T>) entity.getClass()).insert(entity));
	}

	<T> T find(TableKey key, Class<T> type) {
		return await(of(type).get(key));
	}

	@SuppressWarnings("unchecked")
	<T> T insertAndFind(T entity) {
		Class<T> type = (Class<T>) entity.getClass();
		insert(entity);
		return find(this.mapping.getCodec(type).key(entity), type);
	}

	TableEntity stored(Object entity) {
		return stored(key(entity));
	}

	TableEntity stored(TableKey key) {
		return await(this.client.getTableClient(this.name).get(key));
	}

	TableEntity store(TableEntity row) {
		return await(this.client.getTableClient(this.name).insert(row));
	}

	@SuppressWarnings("unchecked")
	TableKey key(Object entity) {
		return this.mapping.getCodec((Class<Object>) entity.getClass()).key(entity);
	}

	@Override
	public void close() {
		this.client.close();
	}

}
