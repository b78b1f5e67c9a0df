package dev.reactiveazure.tables;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.reactiveazure.core.AlreadyExistsException;
import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.core.ConditionNotMetException;
import dev.reactiveazure.core.InvalidAnswerException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.pipeline.AzureRequest;
import dev.reactiveazure.core.pipeline.Operation;
import dev.reactiveazure.core.pipeline.RequestHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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

	private final TablesConnection connection;

	private final RowFormat<T> format;

	private final EntityReader<T> entityReader;

	private final EntityAddress address;

	private final String table;

	private final LostAnswer lostAnswer;

	TypedTableClient(TablesConnection connection, String table, RowFormat<T> format) {
		this.connection = connection;
		this.table = table;
		this.format = format;
		this.address = new EntityAddress(table);
		this.entityReader = new EntityReader<>(format);
		this.lostAnswer = new LostAnswer(connection, this.address, table);
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
			return execute(TablesOperations.INSERT, this.address.collection(), this.connection.dialect().insert(), body)
				.onErrorResume((error) -> (error instanceof AlreadyExistsException refusal)
						? afterRefusal(body, UpdateMode.REPLACE, start, refusal) : Mono.error(error));
		});
	}

	/**
	 * Insert an entity that does not exist yet, and have the service send back what it
	 * stored: with its {@code Timestamp}, which {@link #insert} does not emit, and for an
	 * answer as large as the entity. Where the service sends nothing back all the same,
	 * the entity is read.
	 * @return the entity as it is stored; {@link AlreadyExistsException} where the key is
	 * taken
	 */
	public Mono<T> insertAndGet(T entity) {
		return Mono.defer(() -> {
			EntityBody<T> body = body(entity);
			long start = now();
			return this.connection
				.execute(new AzureRequest<>(TablesOperations.INSERT, "table", this.table, this.address.collection(),
						this.connection.dialect().insertAndGet(), body, this.entityReader.stored(body)))
				.onErrorResume(AlreadyExistsException.class,
						(refusal) -> afterRefusal(body, UpdateMode.REPLACE, start, refusal)
							.map(EntityReader.Stored::unread))
				.flatMap((stored) -> stored.isRead() ? Mono.just(stored.entity())
						: readBack(body.key(), stored.entity()));
		});
	}

	/**
	 * Read what an insert stored, of which only that it was done is known. That holds
	 * whatever becomes of the read.
	 */
	private Mono<T> readBack(TableKey key, T own) {
		EntityCodec<T> codec = this.format.codec();
		return get(key).filter((stored) -> Objects.equals(codec.etag(stored), codec.etag(own)))
			.onErrorComplete()
			.defaultIfEmpty(own);
	}

	/**
	 * Read an entity.
	 * @return the entity; empty where the table has none of that key.
	 * {@link dev.reactiveazure.core.NotFoundException} where there is no table
	 */
	public Mono<T> get(TableKey key) {
		return read(key, List.of());
	}

	/**
	 * Read some properties of an entity.
	 * <p>
	 * The service sends those only, and no key unless it is named: a {@link TableEntity}
	 * has the key that was asked for all the same, an object of another codec has what
	 * that codec makes of a row without. To write what was read back, merge it: a replace
	 * drops what was not selected.
	 * @param select stored names, at most 255; none for all
	 * @return as {@link #get(TableKey)}; {@link InvalidEntityException} where a name
	 * can't be that of a property
	 */
	public Mono<T> get(TableKey key, String... select) {
		List<String> names = List.of(select);
		return read(key, names);
	}

	private Mono<T> read(TableKey key, List<String> select) {
		return Mono.defer(() -> {
			checkKey(key);
			EntityLimits.checkSelect(select);
			return this.connection
				.read(new AzureRequest<>(TablesOperations.GET, "table", this.table, this.address.entity(key, select),
						this.connection.dialect().common(), null, this.entityReader.expecting(key, select)));
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
		PageReader<T> reader = PageReader.of(this.format, query.select());
		return new PageFlux<>((continuation) -> page(path, reader, continuation), query.continuation(), limit);
	}

	/**
	 * Read pages as the service cuts them, each when it is asked for.
	 * @param query the query, whose limit is not looked at
	 */
	public Flux<TablePage<T>> pages(TableQuery query) {
		String path = this.address.query(query, query.pageSize());
		PageReader<T> reader = PageReader.of(this.format, query.select());
		return new PageFlux<>((continuation) -> page(path, reader, continuation).map(PageFlux.Page::whole),
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
		return update(TablesOperations.REPLACE, this.connection.dialect().ifMatch(condition), UpdateMode.REPLACE,
				entity);
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
		TablesDialect dialect = this.connection.dialect();
		return update(dialect.merge(), dialect.mergeIfMatch(condition), UpdateMode.MERGE, entity);
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
			TablesDialect dialect = this.connection.dialect();
			String path = this.address.entity(body.key());
			return (mode == UpdateMode.MERGE)
					? execute(dialect.upsertMergeOperation(), path, dialect.upsertMerge(), body)
					: execute(TablesOperations.UPSERT_REPLACE, path, dialect.common(), body);
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
	 * @return whether there was one, also where a try that got no answer may have deleted
	 * it; {@link ConditionNotMetException} where it has changed. Of a certain version
	 * that is gone after such a try, {@link OutcomeUnknownException}
	 */
	public Mono<Boolean> delete(TableKey key, MatchCondition condition) {
		return Mono.defer(() -> {
			checkKey(key);
			Deleted reader = (condition instanceof MatchCondition.UnchangedSince) ? Deleted.VERSION : Deleted.ENTITY;
			long start = now();
			return this.connection
				.execute(new AzureRequest<>(TablesOperations.DELETE, "table", this.table, this.address.entity(key),
						this.connection.dialect().ifMatch(condition), null, reader))
				.onErrorResume(AzureServiceException.class, (refusal) -> afterRefusedDelete(key, start, refusal));
		});
	}

	private Mono<Boolean> afterRefusedDelete(TableKey key, long start, AzureServiceException refusal) {
		if (!mayBeOfOwnTry(refusal)) {
			return Mono.error(refusal);
		}
		if (!(refusal instanceof ConditionNotMetException)) {
			return Mono.error(LostAnswer.unknown(refusal, null));
		}
		// What is there was written later, and what is gone may be another's doing.
		return this.lostAnswer.resolveDelete(key, Duration.ofMillis(now() - start), refusal)
			.then(Mono.error(() -> LostAnswer.unknown(refusal, null)));
	}

	/**
	 * Return whether an entity is of another version, or gone, by what an earlier try of
	 * the same call did, perhaps.
	 */
	private static boolean mayBeOfOwnTry(AzureServiceException refusal) {
		return refusal.call().maybeApplied() && (refusal instanceof ConditionNotMetException
				|| TablesErrors.RESOURCE_NOT_FOUND.equals(refusal.error().code()));
	}

	/**
	 * Begin a transaction on entities of one partition of this table.
	 * @return a new transaction without operations
	 */
	public TableTransaction<T> transaction() {
		return new TableTransaction<>(this);
	}

	/**
	 * Carry out the operations of a transaction, of which there is at least one.
	 */
	Mono<TransactionResult> submit(List<Change<?>> changes) {
		return Mono.defer(() -> {
			TransactionCall call = new TransactionCall(this.connection.batches(), this.address,
					this.connection.dialect().maxTransactionSize(), changes);
			long start = now();
			return this.connection
				.execute(new AzureRequest<>(TablesOperations.TRANSACTION, "table", this.table, "/$batch",
						this.connection.dialect().batch(), call, call))
				.onErrorMap(InvalidAnswerException.class, TypedTableClient::unclear)
				.onErrorResume(AzureServiceException.class, (refusal) -> afterRefusal(call, start, refusal));
		});
	}

	/**
	 * A transaction's answer has status 202 whatever became of it.
	 */
	private static OutcomeUnknownException unclear(InvalidAnswerException ex) {
		return new OutcomeUnknownException(ex.call(), "the answer can't be read", false, ex);
	}

	private Mono<TransactionResult> afterRefusal(TransactionCall call, long start, AzureServiceException refusal) {
		if (!call.isRefusedInside()) {
			return Mono.error(refusal);
		}
		TransactionFailedException failure = failure(call.changes(), refusal);
		boolean byOwnTry = refusal.call().maybeApplied() && (refusal instanceof AlreadyExistsException
				|| refusal instanceof ConditionNotMetException || refusal instanceof NotFoundException);
		if (!byOwnTry) {
			return Mono.error(failure);
		}
		return new LostTransaction(this.lostAnswer).resolve(call.changes(), Duration.ofMillis(now() - start), refusal,
				failure);
	}

	private static TransactionFailedException failure(List<Change<?>> changes, AzureServiceException refusal) {
		Integer index = BatchAnswer.operationIndex(refusal.error().message(), changes.size());
		return new TransactionFailedException(refusal, index, (index != null) ? changes.get(index) : null);
	}

	private Mono<T> update(Operation operation, RequestHeaders headers, UpdateMode mode, T entity) {
		return Mono.defer(() -> {
			EntityBody<T> body = body(entity);
			long start = now();
			return execute(operation, this.address.entity(body.key()), headers, body)
				.onErrorResume(AzureServiceException.class, (refusal) -> mayBeOfOwnTry(refusal)
						? afterRefusal(body, mode, start, refusal) : Mono.error(refusal));
		});
	}

	private EntityBody<T> body(T entity) {
		TableKey key = this.format.codec().key(entity);
		checkKey(key);
		return bodyOf(entity, key);
	}

	EntityBody<T> bodyOf(T entity, TableKey key) {
		return new EntityBody<>(this.format, entity, key);
	}

	EntityCodec<T> codec() {
		return this.format.codec();
	}

	int maxTransactionSize() {
		return this.connection.dialect().maxTransactionSize();
	}

	void checkKey(TableKey key) {
		this.connection.dialect().checkKey(key);
	}

	private Mono<T> execute(Operation operation, String path, RequestHeaders headers, EntityBody<T> body) {
		return this.connection.execute(new AzureRequest<>(operation, "table", this.table, path, headers, body, body));
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

	private Mono<PageFlux.Page<T>> page(String path, PageReader<T> reader, @Nullable String continuation) {
		return this.connection.readPage(
				(from) -> new AzureRequest<>(TablesOperations.QUERY, "table", this.table,
						Continuation.target(path, from), this.connection.dialect().common(), null, reader),
				continuation);
	}

	private static int top(TableQuery query) {
		if (query.limit() == 0 || query.limit() >= TableQuery.MAX_PAGE_SIZE) {
			return query.pageSize();
		}
		int limit = (int) query.limit();
		return (query.pageSize() == 0) ? limit : Math.min(query.pageSize(), limit);
	}

	private long now() {
		return this.connection.now();
	}

}
