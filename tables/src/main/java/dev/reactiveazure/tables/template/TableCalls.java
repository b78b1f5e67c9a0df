package dev.reactiveazure.tables.template;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.tables.TableServiceClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Makes calls as the template promises them: with Spring's exceptions, and in tables that
 * are created where they are missing and the options say so.
 * <p>
 * However many calls miss a table at once, one of them creates it and all wait for that.
 * A table that is still being deleted is asked for again until it is gone.
 */
final class TableCalls {

	private static final Duration LONGEST_DELETION = Duration.ofMinutes(2);

	private static final Duration DELETION_CHECK = Duration.ofSeconds(2);

	private static final TableExceptionTranslator TRANSLATOR = new TableExceptionTranslator();

	private final TableServiceClient service;

	private final boolean createTables;

	private final Scheduler scheduler;

	private final Map<String, Creation> creations = new ConcurrentHashMap<>();

	TableCalls(TableServiceClient service, boolean createTables, Scheduler scheduler) {
		this.service = service;
		this.createTables = createTables;
		this.scheduler = scheduler;
	}

	/**
	 * Make a call.
	 * @param table the table that the call is on
	 * @param call the call, which is subscribed to again where the table was missing
	 */
	<R> Mono<R> in(String table, Mono<R> call) {
		return translated(inExisting(table, call));
	}

	/**
	 * Make calls.
	 * @see #in(String, Mono)
	 */
	<R> Flux<R> in(String table, Flux<R> calls) {
		if (!this.createTables) {
			return translated(calls);
		}
		return translated(Flux.defer(() -> {
			long start = now();
			return calls.onErrorResume(TableCalls::isTableMissing, (missing) -> create(table, start).thenMany(calls));
		}));
	}

	/**
	 * Make a call whose failure stays the client's.
	 */
	<R> Mono<R> inExisting(String table, Mono<R> call) {
		if (!this.createTables) {
			return call;
		}
		return Mono.defer(() -> {
			long start = now();
			return call.onErrorResume(TableCalls::isTableMissing, (missing) -> create(table, start).then(call));
		});
	}

	static <R> Mono<R> translated(Mono<R> mono) {
		return mono.onErrorMap(TableCalls::translate);
	}

	static <R> Flux<R> translated(Flux<R> flux) {
		return flux.onErrorMap(TableCalls::translate);
	}

	static Throwable translate(Throwable ex) {
		Throwable translated = (ex instanceof RuntimeException runtime)
				? TRANSLATOR.translateExceptionIfPossible(runtime) : null;
		return (translated != null) ? translated : ex;
	}

	static boolean isTableMissing(Throwable ex) {
		return ex instanceof AzureServiceException missing && "TableNotFound".equals(missing.error().code());
	}

	static boolean isEntityMissing(Throwable ex) {
		return ex instanceof NotFoundException && !isTableMissing(ex);
	}

	/**
	 * Wait until the table exists.
	 * @param missedAt when the call that missed it began: a creation that ended later is
	 * not done again
	 */
	private Mono<Void> create(String table, long missedAt) {
		Creation creation = this.creations.compute(table,
				(name, last) -> (last != null && last.serves(missedAt)) ? last : new Creation(this, name));
		return creation.done;
	}

	private Mono<Boolean> createOrAwaitDeletion(String table) {
		return this.service.createTableIfAbsent(table)
			.retryWhen(Retry.fixedDelay(LONGEST_DELETION.dividedBy(DELETION_CHECK), DELETION_CHECK)
				.scheduler(this.scheduler)
				.filter(TableCalls::isBeingDeleted)
				.onRetryExhaustedThrow((spec, signal) -> signal.failure()));
	}

	private static boolean isBeingDeleted(Throwable ex) {
		return ex instanceof AzureServiceException refusal && "TableBeingDeleted".equals(refusal.error().code());
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	/**
	 * One creation of a table, and when it ended.
	 */
	private static final class Creation {

		private static final long NOT_YET = Long.MAX_VALUE;

		private final Mono<Void> done;

		private volatile long endedAt = NOT_YET;

		private volatile boolean failed;

		Creation(TableCalls calls, String table) {
			// Cached, so that whoever missed the table shares the one request.
			this.done = calls.createOrAwaitDeletion(table)
				.then()
				.doOnError((ex) -> this.failed = true)
				.doFinally((signal) -> this.endedAt = calls.now())
				.cache();
		}

		boolean serves(long missedAt) {
			return !this.failed && this.endedAt > missedAt;
		}

	}

}
