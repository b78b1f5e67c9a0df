package dev.reactiveazure.tables.template;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.tables.ETag;
import dev.reactiveazure.tables.EntityCodec;
import dev.reactiveazure.tables.MatchCondition;
import dev.reactiveazure.tables.TableClient;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.TypedTableClient;
import dev.reactiveazure.tables.UpdateMode;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.mapping.TablePersistentEntity;
import dev.reactiveazure.tables.query.Query;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.util.Assert;

/**
 * Stores and finds objects over a {@link TableServiceClient}. Thread-safe.
 */
public class TableTemplate implements TableOperations {

	private static final TableExceptionTranslator TRANSLATOR = new TableExceptionTranslator();

	private final TableServiceClient service;

	private final TableMappingContext mapping;

	private final TableTemplateOptions options;

	private final Map<Class<?>, MappedTable<?>> tables = new ConcurrentHashMap<>();

	/**
	 * Create a template with the default options.
	 * @param service the account's client, which stays the caller's to close
	 * @param mapping what is known about classes
	 */
	public TableTemplate(TableServiceClient service, TableMappingContext mapping) {
		this(service, mapping, TableTemplateOptions.defaults());
	}

	/**
	 * Create a template.
	 * @param service the account's client, which stays the caller's to close
	 * @param mapping what is known about classes
	 * @param options options
	 */
	public TableTemplate(TableServiceClient service, TableMappingContext mapping, TableTemplateOptions options) {
		Assert.notNull(service, "service must not be null");
		Assert.notNull(mapping, "mapping must not be null");
		Assert.notNull(options, "options must not be null");
		this.service = service;
		this.mapping = mapping;
		this.options = options;
	}

	@Override
	public <T> Mono<T> insert(T entity) {
		return Mono.defer(() -> {
			MappedTable<T> table = tableOf(entity);
			return inTable(table, table.client.insert(entity));
		});
	}

	@Override
	public <T> Mono<T> update(T entity, UpdateMode mode) {
		return Mono.defer(() -> update(tableOf(entity), entity, mode));
	}

	private <T> Mono<T> update(MappedTable<T> table, T entity, UpdateMode mode) {
		MatchCondition condition = table.condition(entity);
		Mono<T> write = (mode == UpdateMode.MERGE) ? table.client.merge(entity, condition)
				: table.client.replace(entity, condition);
		return translated(write.onErrorMap(NotFoundException.class,
				(ex) -> (condition instanceof MatchCondition.UnchangedSince) ? goneSince(ex) : ex));
	}

	@Override
	public <T> Mono<T> upsert(T entity, UpdateMode mode) {
		return Mono.defer(() -> {
			MappedTable<T> table = tableOf(entity);
			if (table.codec.etag(entity) != null) {
				return update(table, entity, mode);
			}
			return inTable(table, table.client.upsert(entity, mode));
		});
	}

	@Override
	public Mono<Boolean> delete(Object entity) {
		return Mono.defer(() -> {
			MappedTable<Object> table = tableOf(entity);
			return translated(table.client.delete(table.codec.key(entity), table.condition(entity)));
		});
	}

	@Override
	public Mono<Boolean> delete(TableKey key, Class<?> type) {
		return Mono.defer(() -> translated(table(type).client.delete(key, MatchCondition.any())));
	}

	@Override
	public <T> Mono<T> findByKey(TableKey key, Class<T> type) {
		return Mono.defer(() -> {
			MappedTable<T> table = table(type);
			return inTable(table, table.client.get(key));
		});
	}

	@Override
	public <T> Flux<T> find(Query query, Class<T> type) {
		return Flux.defer(() -> {
			MappedTable<T> table = table(type);
			return inTable(table, table.client.query(query.toTableQuery(table.entity)));
		});
	}

	@Override
	public <R> Flux<R> execute(Class<?> type, Function<TableClient, ? extends Publisher<R>> action) {
		return Flux.defer(() -> {
			TableClient client = this.service.getTableClient(table(type).entity.tableName());
			return translated(Flux.from(action.apply(client)));
		});
	}

	private <T> Mono<T> inTable(MappedTable<T> table, Mono<T> call) {
		if (!this.options.createTables()) {
			return translated(call);
		}
		return translated(call.onErrorResume(TableTemplate::isTableMissing, (missing) -> create(table).then(call)));
	}

	private <T> Flux<T> inTable(MappedTable<T> table, Flux<T> calls) {
		if (!this.options.createTables()) {
			return translated(calls);
		}
		return translated(
				calls.onErrorResume(TableTemplate::isTableMissing, (missing) -> create(table).thenMany(calls)));
	}

	private Mono<Boolean> create(MappedTable<?> table) {
		return this.service.createTableIfAbsent(table.entity.tableName());
	}

	private static boolean isTableMissing(Throwable ex) {
		return ex instanceof NotFoundException missing && "TableNotFound".equals(missing.error().code());
	}

	private static Throwable goneSince(NotFoundException ex) {
		return isTableMissing(ex) ? ex : new OptimisticLockingFailureException(ex.getMessage(), ex);
	}

	private static <R> Mono<R> translated(Mono<R> mono) {
		return mono.onErrorMap(TableTemplate::translate);
	}

	private static <R> Flux<R> translated(Flux<R> flux) {
		return flux.onErrorMap(TableTemplate::translate);
	}

	private static Throwable translate(Throwable ex) {
		Throwable translated = (ex instanceof RuntimeException runtime)
				? TRANSLATOR.translateExceptionIfPossible(runtime) : null;
		return (translated != null) ? translated : ex;
	}

	@SuppressWarnings("unchecked")
	private <T> MappedTable<T> tableOf(T entity) {
		Assert.notNull(entity, "The entity must not be null");
		return table((Class<T>) entity.getClass());
	}

	@SuppressWarnings("unchecked")
	private <T> MappedTable<T> table(Class<T> type) {
		MappedTable<?> table = this.tables.get(type);
		if (table == null) {
			table = this.tables.computeIfAbsent(type, this::map);
		}
		return (MappedTable<T>) table;
	}

	@SuppressWarnings("unchecked")
	private <T> MappedTable<T> map(Class<T> type) {
		EntityCodec<T> codec = this.mapping.getCodec(type);
		TablePersistentEntity<T> entity = (TablePersistentEntity<T>) this.mapping.getRequiredPersistentEntity(type);
		return new MappedTable<>(entity, codec, this.service.getTableClient(entity.tableName()).typed(codec));
	}

	/**
	 * All that operations on one class need.
	 */
	private record MappedTable<T>(TablePersistentEntity<T> entity, EntityCodec<T> codec, TypedTableClient<T> client) {

		MatchCondition condition(T object) {
			@Nullable ETag version = this.codec.etag(object);
			if (version != null) {
				return MatchCondition.unchangedSince(version);
			}
			if (this.entity.hasVersionProperty()) {
				throw new InvalidDataAccessApiUsageException("The " + this.entity.getType().getSimpleName()
						+ " has no version to compare the stored one with: read it first, insert or upsert it");
			}
			return MatchCondition.any();
		}

	}

}
