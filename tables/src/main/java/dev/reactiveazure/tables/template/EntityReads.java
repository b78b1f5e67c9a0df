package dev.reactiveazure.tables.template;

import dev.reactiveazure.tables.TableKey;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads entities by their keys.
 */
final class EntityReads {

	private final MappedTables tables;

	private final TableCalls calls;

	private final EntityLifecycle lifecycle;

	private final int concurrency;

	EntityReads(MappedTables tables, TableCalls calls, EntityLifecycle lifecycle, int concurrency) {
		this.tables = tables;
		this.calls = calls;
		this.lifecycle = lifecycle;
		this.concurrency = concurrency;
	}

	<T> Mono<T> findByKey(TableKey key, Class<T> type) {
		return Mono.deferContextual((context) -> find(this.tables.of(type, context), key));
	}

	<T> Flux<T> findAllByKey(Publisher<TableKey> keys, Class<T> type) {
		return Flux.deferContextual((context) -> {
			MappedTable<T> table = this.tables.of(type, context);
			return Flux.from(keys).flatMapSequential((key) -> find(table, key), this.concurrency, 1);
		});
	}

	Mono<Boolean> exists(TableKey key, Class<?> type) {
		return Mono.deferContextual((context) -> {
			MappedTable<?> table = this.tables.of(type, context);
			return this.calls.in(table.name(), table.rows().get(key, "PartitionKey")).hasElement();
		});
	}

	<T> Mono<T> find(MappedTable<T> table, TableKey key) {
		Mono<T> found = this.calls.in(table.name(), table.client().get(key));
		return this.lifecycle.isEmpty() ? found
				: found.flatMap((entity) -> this.lifecycle.afterConvert(entity, table.name()));
	}

}
