package dev.reactiveazure.tables.template;

import dev.reactiveazure.tables.template.PreparedWrite.Action;
import reactor.core.publisher.Mono;

/**
 * Writes entities on their own.
 */
final class EntityWrites {

	private final WritePreparation preparation;

	private final TableCalls calls;

	private final EntityLifecycle lifecycle;

	EntityWrites(WritePreparation preparation, TableCalls calls, EntityLifecycle lifecycle) {
		this.preparation = preparation;
		this.calls = calls;
		this.lifecycle = lifecycle;
	}

	<T> Mono<T> write(TableWrite<T> write) {
		if (this.preparation.isImmediate()) {
			return Mono.deferContextual((context) -> execute(this.preparation.prepareNow(write, context)))
				.onErrorMap(TableCalls::translate);
		}
		return this.preparation.prepare(write)
			.onErrorMap(TableCalls::translate)
			.flatMap((prepared) -> execute(prepared)
				.flatMap((written) -> this.lifecycle.afterSave(written, prepared.table().name())));
	}

	Mono<Boolean> delete(TableWrite<?> write) {
		return this.preparation.prepare(write).onErrorMap(TableCalls::translate).flatMap(this::delete);
	}

	private Mono<Boolean> delete(PreparedWrite<?> prepared) {
		return this.calls.in(prepared.table().name(), prepared.delete());
	}

	private <T> Mono<T> execute(PreparedWrite<T> prepared) {
		Mono<T> call = prepared.alone();
		// A table that is missing has no row to write over: there is nothing to create it
		// for.
		return (prepared.action() == Action.UPDATE) ? TableCalls.translated(call)
				: this.calls.in(prepared.table().name(), call);
	}

}
