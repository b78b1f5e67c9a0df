package dev.reactiveazure.tables;

import dev.reactiveazure.core.AlreadyExistsException;
import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.pipeline.AnswerReader;
import dev.reactiveazure.core.pipeline.AzureRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * The operations on a service's tables as such.
 */
final class ServiceTables {

	private final TablesConnection connection;

	private final TableNameReader nameReader;

	ServiceTables(TablesConnection connection) {
		this.connection = connection;
		this.nameReader = new TableNameReader(connection.anyRow());
	}

	/**
	 * A table has neither content nor time that would tell whose it is: no reading
	 * decides whether an earlier try of this call created the one that exists.
	 */
	Mono<Void> create(String name) {
		return send(name, AnswerReader.nothing()).onErrorMap(AlreadyExistsException.class, ServiceTables::afterRefusal);
	}

	Mono<Boolean> createIfAbsent(String name) {
		return send(name, CreatedTable.INSTANCE);
	}

	private <R> Mono<R> send(String name, AnswerReader<R> reader) {
		return Mono.defer(() -> {
			this.connection.dialect().checkTableName(name);
			return this.connection.execute(new AzureRequest<>(TablesOperations.CREATE_TABLE, "table", name, "/Tables",
					this.connection.dialect().insert(), new TableNameBody(name), reader));
		});
	}

	private static Throwable afterRefusal(AlreadyExistsException refusal) {
		return refusal.call().maybeApplied() ? new OutcomeUnknownException(refusal.call(),
				"a try got no answer, and the next was told that the table exists", false, refusal) : refusal;
	}

	Mono<Boolean> delete(String name) {
		return Mono.defer(() -> {
			this.connection.dialect().checkTableName(name);
			return this.connection
				.execute(new AzureRequest<>(TablesOperations.DELETE_TABLE, "table", name, EntityAddress.table(name),
						this.connection.dialect().common(), null, Deleted.TABLE))
				.onErrorResume(ServiceTables::isBeingDeletedByOwnTry, (refusal) -> Mono.just(true));
		});
	}

	private static boolean isBeingDeletedByOwnTry(Throwable error) {
		return error instanceof AzureServiceException refusal && refusal.call().maybeApplied()
				&& TablesErrors.TABLE_BEING_DELETED.equals(refusal.error().code());
	}

	Flux<String> names(TableQuery query) {
		long limit = (query.limit() > 0) ? query.limit() : Long.MAX_VALUE;
		String path = path(query);
		return new PageFlux<>((continuation) -> page(path, continuation), query.continuation(), limit);
	}

	Flux<TablePage<String>> pages(TableQuery query) {
		String path = path(query);
		return new PageFlux<>((continuation) -> page(path, continuation).map(PageFlux.Page::whole),
				query.continuation(), Long.MAX_VALUE);
	}

	private static String path(TableQuery query) {
		Assert.isTrue(query.select().isEmpty(), "A query of tables can't select: a table has only its name");
		Assert.isTrue(query.continuation() == null || Continuation.isOfTables(query.continuation()),
				"The continuation is of a query of entities");
		int top = (query.pageSize() == 0 && query.limit() < TableQuery.MAX_PAGE_SIZE) ? (int) query.limit()
				: query.pageSize();
		return EntityAddress.query("/Tables", query, top);
	}

	private Mono<PageFlux.Page<String>> page(String path, @Nullable String continuation) {
		return this.connection.readPage(
				(from) -> new AzureRequest<>(TablesOperations.LIST_TABLES, "service", "tables",
						Continuation.target(path, from), this.connection.dialect().common(), null, this.nameReader),
				continuation);
	}

}
