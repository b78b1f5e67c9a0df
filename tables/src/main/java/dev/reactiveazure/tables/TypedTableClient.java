package dev.reactiveazure.tables;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.reactiveazure.core.AlreadyExistsException;
import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.core.ConditionNotMetException;
import dev.reactiveazure.core.pipeline.Answer;
import dev.reactiveazure.core.pipeline.AnswerReader;
import dev.reactiveazure.core.pipeline.AzureRequest;
import dev.reactiveazure.core.pipeline.Operation;
import dev.reactiveazure.core.pipeline.RequestHeaders;
import dev.reactiveazure.core.pipeline.RequestPipeline;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * One table with entities of one type, read and written by an {@link EntityCodec}.
 * Thread-safe; nothing is sent before it is subscribed to.
 * <p>
 * Failures are the {@link dev.reactiveazure.core.AzureException} family, and
 * {@link InvalidEntityException} for what can be seen to be wrong before it is sent.
 * Every write emits the entity with its new version. A write that had to be tried again
 * is never refused for what its own earlier try did: where that can't be told, it fails
 * with {@link dev.reactiveazure.core.OutcomeUnknownException}.
 *
 * @param <T> the entities' type
 */
public final class TypedTableClient<T> {

	private final RequestPipeline pipeline;

	private final Scheduler scheduler;

	private final RowFormat<T> format;

	private final EntityReader<T> entityReader;

	private final PageReader<T> pageReader;

	private final EntityAddress address;

	private final String table;

	private final LostAnswer<T> lostAnswer;

	TypedTableClient(RequestPipeline pipeline, Scheduler scheduler, String table, RowFormat<T> format,
			RowFormat<TableEntity> anyRow) {
		this.pipeline = pipeline;
		this.scheduler = scheduler;
		this.table = table;
		this.format = format;
		this.address = new EntityAddress(table);
		this.entityReader = new EntityReader<>(format);
		this.pageReader = new PageReader<>(format);
		this.lostAnswer = new LostAnswer<>(pipeline, anyRow, this.address, table);
	}

	public String tableName() {
		return this.table;
	}

	/**
	 * Insert an entity that does not exist yet.
	 * @return the entity with its version; {@link AlreadyExistsException} where the key
	 * is taken
	 */
	public Mono<T> insert(T entity) {
		return Mono.defer(() -> {
			EntityBody<T> body = body(entity);
			long start = now();
			return execute(TablesOperations.INSERT, this.address.collection(), TablesOperations.INSERT_HEADERS, body)
				.onErrorResume(AlreadyExistsException.class,
						(refusal) -> afterRefusal(body, UpdateMode.REPLACE, start, refusal));
		});
	}

	/**
	 * Read an entity.
	 * @return the entity; empty where the table has none of that key.
	 * {@link dev.reactiveazure.core.NotFoundException} where there is no table
	 */
	public Mono<T> get(TableKey key) {
		return Mono.defer(() -> {
			EntityLimits.checkKey(key);
			return this.pipeline.execute(new AzureRequest<>(TablesOperations.GET, "table", this.table,
					this.address.entity(key), TablesOperations.COMMON_HEADERS, null, this.entityReader));
		});
	}

	/**
	 * Read an entity.
	 * @see #get(TableKey)
	 */
	public Mono<T> get(String partitionKey, String rowKey) {
		return get(TableKey.of(partitionKey, rowKey));
	}

	/**
	 * Read entities, each page when an entity of it is asked for.
	 * @return entities in the order of partition key and row key
	 */
	public Flux<T> query(TableQuery query) {
		long limit = (query.limit() > 0) ? query.limit() : Long.MAX_VALUE;
		String path = this.address.query(query, top(query));
		return new PageFlux<>((continuation) -> page(path, continuation), query.continuation(), limit);
	}

	/**
	 * Read pages as the service cuts them, each when it is asked for.
	 * @param query the query, whose limit is not looked at
	 */
	public Flux<TablePage<T>> pages(TableQuery query) {
		String path = this.address.query(query, query.pageSize());
		return new PageFlux<>((continuation) -> page(path, continuation).map(TypedTableClient::wholePage),
				query.continuation(), Long.MAX_VALUE);
	}

	/**
	 * Replace an entity as a whole, if it is still of the version that the given one
	 * names.
	 * @throws InvalidEntityException (emitted) if the entity has no version: read it
	 * first, or say {@link MatchCondition#any()}
	 */
	public Mono<T> replace(T entity) {
		return Mono.defer(() -> replace(entity, unchanged(entity)));
	}

	/**
	 * Replace an entity as a whole.
	 * @return the entity with its new version; {@link ConditionNotMetException} where it
	 * has changed, {@link dev.reactiveazure.core.NotFoundException} where it does not
	 * exist
	 */
	public Mono<T> replace(T entity, MatchCondition condition) {
		return update(TablesOperations.REPLACE, UpdateMode.REPLACE, entity, condition);
	}

	/**
	 * Write an entity's properties over the stored ones, of which others stay, if it is
	 * still of the version that the given one names.
	 * @see #replace(Object)
	 */
	public Mono<T> merge(T entity) {
		return Mono.defer(() -> merge(entity, unchanged(entity)));
	}

	/**
	 * Write an entity's properties over the stored ones, of which others stay.
	 * @see #replace(Object, MatchCondition)
	 */
	public Mono<T> merge(T entity, MatchCondition condition) {
		return update(TablesOperations.MERGE, UpdateMode.MERGE, entity, condition);
	}

	/**
	 * Insert an entity, or write over the one that exists, whichever its version.
	 * @param entity the entity
	 * @param mode what becomes of stored properties that the entity does not have
	 * @return the entity with its new version
	 */
	public Mono<T> upsert(T entity, UpdateMode mode) {
		return Mono.defer(() -> {
			EntityBody<T> body = body(entity);
			Operation operation = (mode == UpdateMode.MERGE) ? TablesOperations.UPSERT_MERGE
					: TablesOperations.UPSERT_REPLACE;
			return execute(operation, this.address.entity(body.key()), TablesOperations.COMMON_HEADERS, body);
		});
	}

	/**
	 * Delete an entity, if it is still of the version that the given one names.
	 * @see #replace(Object)
	 */
	public Mono<Boolean> delete(T entity) {
		return Mono.defer(() -> delete(this.format.codec().key(entity), unchanged(entity)));
	}

	/**
	 * Delete an entity.
	 * @return whether there was one; {@link ConditionNotMetException} where it has
	 * changed
	 */
	public Mono<Boolean> delete(TableKey key, MatchCondition condition) {
		return Mono.defer(() -> {
			EntityLimits.checkKey(key);
			return this.pipeline.execute(new AzureRequest<>(TablesOperations.DELETE, "table", this.table,
					this.address.entity(key), TablesOperations.ifMatch(condition), null, Deleted.READER));
		});
	}

	private Mono<T> update(Operation operation, UpdateMode mode, T entity, MatchCondition condition) {
		return Mono.defer(() -> {
			EntityBody<T> body = body(entity);
			long start = now();
			return execute(operation, this.address.entity(body.key()), TablesOperations.ifMatch(condition), body)
				.onErrorResume(ConditionNotMetException.class, (refusal) -> afterRefusal(body, mode, start, refusal));
		});
	}

	private EntityBody<T> body(T entity) {
		TableKey key = this.format.codec().key(entity);
		EntityLimits.checkKey(key);
		return new EntityBody<>(this.format, entity, key);
	}

	private Mono<T> execute(Operation operation, String path, RequestHeaders headers, EntityBody<T> body) {
		return this.pipeline.execute(new AzureRequest<>(operation, "table", this.table, path, headers, body, body));
	}

	private Mono<T> afterRefusal(EntityBody<T> body, UpdateMode mode, long start, AzureServiceException refusal) {
		if (!refusal.call().maybeApplied()) {
			return Mono.error(refusal);
		}
		return this.lostAnswer.resolve(body, mode, Duration.ofMillis(now() - start), refusal);
	}

	private MatchCondition unchanged(T entity) {
		ETag version = this.format.codec().etag(entity);
		if (version == null) {
			throw new InvalidEntityException("ETag", "The entity has no ETag to compare the stored one with: read it "
					+ "first, or use MatchCondition.any() to write over every version");
		}
		return MatchCondition.unchangedSince(version);
	}

	private Mono<PageFlux.Page<T>> page(String path, @Nullable String continuation) {
		String target = path;
		if (continuation != null) {
			target = path + ((path.indexOf('?') < 0) ? '?' : '&') + continuation;
		}
		return this.pipeline.execute(new AzureRequest<>(TablesOperations.QUERY, "table", this.table, target,
				TablesOperations.COMMON_HEADERS, null, this.pageReader));
	}

	private static <T> PageFlux.Page<TablePage<T>> wholePage(PageFlux.Page<T> page) {
		return new PageFlux.Page<>(List.of(new TablePage<>(page.items(), page.next())), page.next());
	}

	private static int top(TableQuery query) {
		if (query.limit() == 0 || query.limit() >= TableQuery.MAX_PAGE_SIZE) {
			return query.pageSize();
		}
		int limit = (int) query.limit();
		return (query.pageSize() == 0) ? limit : Math.min(query.pageSize(), limit);
	}

	private long now() {
		return this.scheduler.now(TimeUnit.MILLISECONDS);
	}

	/**
	 * Whether a delete found what it was to delete.
	 */
	private enum Deleted implements AnswerReader<Boolean> {

		READER;

		@Override
		public boolean reads(Answer answer) {
			return answer.isSuccess() || EntityReader.isAbsent(answer);
		}

		@Override
		public Boolean read(Answer answer) {
			return answer.isSuccess();
		}

	}

}
