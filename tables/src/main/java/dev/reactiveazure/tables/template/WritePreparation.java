package dev.reactiveazure.tables.template;

import dev.reactiveazure.tables.MatchCondition;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.UpdateMode;
import dev.reactiveazure.tables.template.PreparedWrite.Action;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.util.Assert;

/**
 * The one way from what an application asks for to what is sent: for an entity on its
 * own, in a bulk and in a transaction alike.
 */
final class WritePreparation {

	private final MappedTables tables;

	private final EntityLifecycle lifecycle;

	private final UpdateMode defaultMode;

	WritePreparation(MappedTables tables, EntityLifecycle lifecycle, UpdateMode defaultMode) {
		this.tables = tables;
		this.lifecycle = lifecycle;
		this.defaultMode = defaultMode;
	}

	/**
	 * Return whether {@link #prepareNow} will do, because no callback has to be asked.
	 */
	boolean isImmediate() {
		return this.lifecycle.isEmpty();
	}

	<T> Mono<PreparedWrite<T>> prepare(TableWrite<T> write) {
		return Mono.deferContextual((context) -> {
			T entity = write.entity();
			if (entity == null || this.lifecycle.isEmpty()) {
				return Mono.just(prepareNow(write, context));
			}
			MappedTable<T> table = this.tables.of(write.type(), context);
			return this.lifecycle.beforeConvert(entity, table.name())
				.map((converted) -> decide(write, table, converted))
				.flatMap((decided) -> beforeSave(write, table, decided));
		});
	}

	private <T> Mono<PreparedWrite<T>> beforeSave(TableWrite<T> write, MappedTable<T> table, PreparedWrite<T> decided) {
		T entity = decided.entity();
		if (entity == null || decided.action() == Action.DELETE) {
			return Mono.just(decided);
		}
		return this.lifecycle.beforeSave(entity, table.name())
			.map((saved) -> (saved == entity) ? decided : decide(write, table, saved));
	}

	/**
	 * Return the name of the table that a write is on.
	 */
	String tableOf(TableWrite<?> write, ContextView context) {
		return this.tables.of(write.type(), context).name();
	}

	<T> PreparedWrite<T> prepareNow(TableWrite<T> write, ContextView context) {
		return decide(write, this.tables.of(write.type(), context), write.entity());
	}

	private <T> PreparedWrite<T> decide(TableWrite<T> write, MappedTable<T> table, @Nullable T entity) {
		WriteOptions options = write.options();
		if (entity == null) {
			TableKey key = write.key();
			Assert.state(key != null, "A write without an entity has a key");
			MatchCondition condition = (options.condition() != null) ? options.condition() : MatchCondition.any();
			return new PreparedWrite<>(Action.DELETE, table, key, null, UpdateMode.REPLACE, condition);
		}
		Action action = action(write, table, entity);
		UpdateMode ofClass = table.entity().updateMode();
		UpdateMode byDefault = (ofClass != null) ? ofClass : this.defaultMode;
		UpdateMode mode = (options.mode() != null) ? options.mode() : byDefault;
		return new PreparedWrite<>(action, table, table.codec().key(entity), entity, mode,
				condition(action, options, table, entity));
	}

	private static <T> @Nullable MatchCondition condition(Action action, WriteOptions options, MappedTable<T> table,
			T entity) {
		if (action == Action.INSERT || action == Action.UPSERT) {
			return null;
		}
		return (options.condition() != null) ? options.condition() : table.condition(entity);
	}

	private static <T> Action action(TableWrite<T> write, MappedTable<T> table, T entity) {
		return switch (write.kind()) {
			case INSERT -> Action.INSERT;
			case UPDATE -> Action.UPDATE;
			case DELETE -> Action.DELETE;
			case UPSERT -> isConditional(write, table, entity) ? Action.UPDATE : Action.UPSERT;
			case SAVE -> save(table, entity);
		};
	}

	private static <T> boolean isConditional(TableWrite<T> write, MappedTable<T> table, T entity) {
		return write.options().condition() != null || table.codec().etag(entity) != null;
	}

	private static <T> Action save(MappedTable<T> table, T entity) {
		if (table.codec().etag(entity) != null) {
			return Action.UPDATE;
		}
		if (table.entity().hasVersionProperty()) {
			return Action.INSERT;
		}
		return (entity instanceof org.springframework.data.domain.Persistable<?> persistable && persistable.isNew())
				? Action.INSERT : Action.UPSERT;
	}

}
