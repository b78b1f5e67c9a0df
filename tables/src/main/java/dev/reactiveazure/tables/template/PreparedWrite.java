package dev.reactiveazure.tables.template;

import dev.reactiveazure.tables.MatchCondition;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TableTransaction;
import dev.reactiveazure.tables.UpdateMode;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.dao.OptimisticLockingFailureException;

/**
 * A write of which is decided what is sent.
 *
 * @param action what to do
 * @param table where
 * @param key to which entity
 * @param entity what to write; {@code null} where there is only a key to delete
 * @param mode what becomes of stored properties that the entity does not have
 * @param condition what must hold of the stored entity; {@code null} for inserts and
 * upserts
 * @param <T> the entity's class
 */
record PreparedWrite<T>(Action action, MappedTable<T> table, TableKey key, @Nullable T entity, UpdateMode mode,
		@Nullable MatchCondition condition) {

	/**
	 * Return the request that carries this out alone: the entity as it is stored now,
	 * nothing where a delete found nothing.
	 */
	Mono<T> alone() {
		MatchCondition required = (this.condition != null) ? this.condition : MatchCondition.any();
		return switch (this.action) {
			case INSERT -> this.table.client().insert(written());
			case UPSERT -> this.table.client().upsert(written(), this.mode);
			case UPDATE -> ((this.mode == UpdateMode.MERGE) ? this.table.client().merge(written(), required)
					: this.table.client().replace(written(), required))
				.onErrorMap(this::goneSince);
			case DELETE -> this.table.client()
				.delete(this.key, required)
				.flatMap((deleted) -> deleted ? Mono.justOrEmpty(this.entity) : Mono.empty());
		};
	}

	/**
	 * Delete, as {@link #alone()} does.
	 * @return whether there was one
	 */
	Mono<Boolean> delete() {
		return this.table.client().delete(this.key, (this.condition != null) ? this.condition : MatchCondition.any());
	}

	/**
	 * Add this to a transaction.
	 * @return the transaction, with entities of this one's class
	 */
	TableTransaction<T> addTo(TableTransaction<?> transaction) {
		TableTransaction<T> typed = transaction.with(this.table.client());
		MatchCondition required = (this.condition != null) ? this.condition : MatchCondition.any();
		return switch (this.action) {
			case INSERT -> typed.insert(written());
			case UPSERT -> typed.upsert(written(), this.mode);
			case UPDATE ->
				(this.mode == UpdateMode.MERGE) ? typed.merge(written(), required) : typed.replace(written(), required);
			case DELETE -> typed.delete(this.key, required);
		};
	}

	/**
	 * Return what a refusal of this means: what is gone has changed, where a version was
	 * asked for.
	 */
	Throwable goneSince(Throwable ex) {
		boolean versioned = this.condition instanceof MatchCondition.UnchangedSince;
		return (versioned && TableCalls.isEntityMissing(ex))
				? new OptimisticLockingFailureException(String.valueOf(ex.getMessage()), ex) : ex;
	}

	private T written() {
		if (this.entity == null) {
			throw new IllegalStateException("Only a delete has no entity");
		}
		return this.entity;
	}

	/**
	 * What is done on the wire.
	 */
	enum Action {

		INSERT, UPSERT, UPDATE, DELETE

	}

}
