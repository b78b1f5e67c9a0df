package dev.reactiveazure.tables.template;

import java.util.function.Function;
import java.util.function.Supplier;

import dev.reactiveazure.tables.ETag;
import dev.reactiveazure.tables.MatchCondition;
import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.UpdateMode;
import dev.reactiveazure.tables.query.Update;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Changes entities by what they are: reads, changes, and writes unless somebody else did.
 * <p>
 * Changes to one entity by one template take turns, so that only other processes can come
 * in between.
 */
final class EntityModification {

	private final MappedTables tables;

	private final EntityReads reads;

	private final EntityWrites writes;

	private final TableCalls calls;

	private final Contention contention;

	private final Turns turns;

	EntityModification(MappedTables tables, EntityReads reads, EntityWrites writes, TableCalls calls,
			Contention contention, Turns turns) {
		this.tables = tables;
		this.reads = reads;
		this.writes = writes;
		this.calls = calls;
		this.contention = contention;
		this.turns = turns;
	}

	Turns turns() {
		return this.turns;
	}

	<T> Mono<T> modify(TableKey key, Class<T> type, Function<? super T, ? extends T> change) {
		return Mono.deferContextual((context) -> {
			MappedTable<T> table = this.tables.of(type, context);
			if (!table.entity().hasVersionProperty()) {
				throw new InvalidDataAccessApiUsageException("A " + type.getSimpleName() + " can't be modified, for it "
						+ "has no version to tell whether somebody else did: give it a @Version property");
			}
			Mono<T> attempt = this.reads.find(table, key).flatMap((stored) -> write(table, key, stored, change));
			return this.turns.take(new Row(table.name(), key), this.contention.retried(attempt));
		});
	}

	private <T> Mono<T> write(MappedTable<T> table, TableKey key, T stored, Function<? super T, ? extends T> change) {
		@Nullable ETag version = table.codec().etag(stored);
		T changed = change.apply(stored);
		if (changed == null || !table.codec().key(changed).equals(key)) {
			return Mono.error(() -> new InvalidDataAccessApiUsageException("The function that modifies a "
					+ table.entity().getType().getSimpleName() + " must return one of the same key, and returned "
					+ ((changed != null) ? "another key's" : "null")));
		}
		T guarded = (version != null) ? table.codec().withETag(changed, version) : changed;
		return this.writes.write(TableWrite.update(guarded, WriteOptions.defaults().withMode(UpdateMode.REPLACE)));
	}

	<T> Mono<T> getOrCreate(TableKey key, Class<T> type, Supplier<? extends T> initial) {
		return Mono.deferContextual((context) -> {
			MappedTable<T> table = this.tables.of(type, context);
			Mono<T> attempt = this.reads.find(table, key)
				.switchIfEmpty(Mono.defer(() -> this.writes.write(TableWrite.<T>insert(created(table, key, initial)))));
			return this.contention.retried(attempt);
		});
	}

	private static <T> T created(MappedTable<T> table, TableKey key, Supplier<? extends T> initial) {
		T created = initial.get();
		if (!table.codec().key(created).equals(key)) {
			throw new InvalidDataAccessApiUsageException("The " + table.entity().getType().getSimpleName()
					+ " to create must be of the key that is looked for");
		}
		return created;
	}

	Mono<Boolean> update(TableKey key, Update update, Class<?> type) {
		return Mono.deferContextual((context) -> update(key, update, type, context)).onErrorMap(TableCalls::translate);
	}

	private Mono<Boolean> update(TableKey key, Update update, Class<?> type, ContextView context) {
		MappedTable<?> table = this.tables.of(type, context);
		TableEntity.Builder columns = TableEntity.builder(key);
		update.columns(table.entity()).forEach(columns::put);
		if (!update.isRewriting()) {
			return done(table.rows().merge(columns.build(), update.condition()), update);
		}
		Mono<Boolean> attempt = table.rows()
			.get(key)
			.flatMap((row) -> done(table.rows().replace(rewritten(row, update, table), condition(row, update)), update))
			.defaultIfEmpty(false);
		boolean guarded = update.condition() instanceof MatchCondition.UnchangedSince;
		return guarded ? attempt : this.turns.take(new Row(table.name(), key), this.contention.retried(attempt));
	}

	private static MatchCondition condition(TableEntity row, Update update) {
		ETag version = row.etag();
		boolean any = update.condition() == MatchCondition.any();
		return (any && version != null) ? MatchCondition.unchangedSince(version) : update.condition();
	}

	private static TableEntity rewritten(TableEntity row, Update update, MappedTable<?> table) {
		TableEntity.Builder builder = row.toBuilder();
		update.removedColumns(table.entity()).forEach((column) -> builder.put(column, null));
		update.columns(table.entity()).forEach(builder::put);
		return builder.build();
	}

	private static Mono<Boolean> done(Mono<TableEntity> write, Update update) {
		return write.thenReturn(true)
			.onErrorResume(TableCalls::isEntityMissing,
					(missing) -> (update.condition() == MatchCondition.any()) ? Mono.just(false)
							: Mono.error(new OptimisticLockingFailureException(String.valueOf(missing.getMessage()),
									missing)))
			.onErrorMap(TableCalls::translate);
	}

	/**
	 * What changes take turns on.
	 */
	private record Row(String table, TableKey key) {
	}

}
