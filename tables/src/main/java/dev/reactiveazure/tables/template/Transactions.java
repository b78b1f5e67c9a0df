package dev.reactiveazure.tables.template;

import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.tables.TableTransaction;
import dev.reactiveazure.tables.TransactionFailedException;
import dev.reactiveazure.tables.TransactionResult;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * Carries out writes together or not at all.
 */
final class Transactions {

	private final WritePreparation preparation;

	private final TableCalls calls;

	private final EntityLifecycle lifecycle;

	Transactions(WritePreparation preparation, TableCalls calls, EntityLifecycle lifecycle) {
		this.preparation = preparation;
		this.calls = calls;
		this.lifecycle = lifecycle;
	}

	Mono<TransactionEntities> submit(Iterable<? extends TableWrite<?>> writes) {
		return prepare(writes).flatMap(this::submit).onErrorMap(TableCalls::translate);
	}

	private Mono<List<PreparedWrite<?>>> prepare(Iterable<? extends TableWrite<?>> writes) {
		if (this.preparation.isImmediate()) {
			return Mono.deferContextual((context) -> Mono.just(prepareNow(writes, context)));
		}
		return Flux.fromIterable(writes)
			.<PreparedWrite<?>>concatMap((write) -> this.preparation.prepare(write))
			.collectList();
	}

	private List<PreparedWrite<?>> prepareNow(Iterable<? extends TableWrite<?>> writes, ContextView context) {
		List<PreparedWrite<?>> prepared = new ArrayList<>();
		writes.forEach((write) -> prepared.add(this.preparation.prepareNow(write, context)));
		return prepared;
	}

	private Mono<TransactionEntities> submit(List<PreparedWrite<?>> prepared) {
		if (prepared.isEmpty()) {
			return Mono.error(() -> new InvalidDataAccessApiUsageException("A transaction needs at least one write"));
		}
		MappedTable<?> table = prepared.get(0).table();
		TableTransaction<?> transaction = table.client().transaction();
		for (PreparedWrite<?> write : prepared) {
			transaction = write.addTo(transaction);
		}
		Mono<TransactionResult> call = transaction.submit()
			.onErrorMap(TransactionFailedException.class, (ex) -> refusal(ex, prepared));
		return this.calls.in(table.name(), call).flatMap((result) -> entities(result, prepared));
	}

	private static Throwable refusal(TransactionFailedException ex, List<PreparedWrite<?>> prepared) {
		Integer index = ex.operationIndex();
		if (index == null || !TableCalls.isEntityMissing(ex.refusal())) {
			return ex;
		}
		Throwable meant = prepared.get(index).goneSince(ex.refusal());
		return (meant != ex.refusal())
				? new org.springframework.dao.OptimisticLockingFailureException(String.valueOf(ex.getMessage()), ex)
				: ex;
	}

	private Mono<TransactionEntities> entities(TransactionResult result, List<PreparedWrite<?>> prepared) {
		List<@Nullable Object> entities = new ArrayList<>();
		for (int i = 0; i < result.size(); i++) {
			entities.add(result.entity(i, Object.class));
		}
		if (this.lifecycle.isEmpty()) {
			return Mono.just(new TransactionEntities(entities));
		}
		return Flux.range(0, entities.size())
			.concatMap((index) -> afterSave(entities, index, prepared.get(index).table().name()))
			.then(Mono.fromSupplier(() -> new TransactionEntities(entities)));
	}

	private Mono<Object> afterSave(List<@Nullable Object> entities, int index, String table) {
		Object entity = entities.get(index);
		return (entity == null) ? Mono.empty()
				: this.lifecycle.afterSave(entity, table).doOnNext((saved) -> entities.set(index, saved));
	}

}
