package dev.reactiveazure.tables.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.core.InvalidAnswerException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.ThrottledException;
import dev.reactiveazure.core.TooLargeException;
import dev.reactiveazure.tables.InvalidEntityException;
import dev.reactiveazure.tables.InvalidTransactionException;
import dev.reactiveazure.tables.TableTransaction;
import dev.reactiveazure.tables.TransactionFailedException;
import dev.reactiveazure.tables.TransactionResult;
import dev.reactiveazure.tables.template.BulkResult.Outcome;
import dev.reactiveazure.tables.template.PreparedWrite.Action;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Sends writes of one partition together, and finds out what became of each: whatever
 * happens, there is one result for each write, and no write is sent again that may have
 * been done.
 */
final class BulkBatch {

	private static final double LONGEST_WAIT = 30_000;

	private final TableCalls calls;

	private final BulkOptions options;

	private final Scheduler scheduler;

	private final DoubleSupplier random;

	BulkBatch(TableCalls calls, BulkOptions options, Scheduler scheduler, DoubleSupplier random) {
		this.calls = calls;
		this.options = options;
		this.scheduler = scheduler;
		this.random = random;
	}

	/**
	 * Send writes.
	 * @param items at least one, of one partition, each of another entity
	 * @param busy told when the service says that it is busy, on any thread
	 */
	<T> Mono<List<BulkResult<T>>> send(List<BulkItem<T>> items, Runnable busy) {
		return send(items, 1, busy);
	}

	private <T> Mono<List<BulkResult<T>>> send(List<BulkItem<T>> items, int attempt, Runnable busy) {
		if (items.size() == 1) {
			return alone(items.get(0), attempt, busy).map(List::of);
		}
		return patiently(together(items), items, busy).map((result) -> done(items, result, attempt))
			.onErrorResume((error) -> afterFailure(items, error, attempt, busy));
	}

	private static <T> Mono<TransactionResult> together(List<BulkItem<T>> items) {
		return Mono.defer(() -> {
			TableTransaction<?> transaction = items.get(0).prepared().table().client().transaction();
			for (BulkItem<T> item : items) {
				transaction = item.prepared().addTo(transaction);
			}
			return transaction.submit();
		});
	}

	private static <T> List<BulkResult<T>> done(List<BulkItem<T>> items, TransactionResult result, int attempt) {
		List<BulkResult<T>> results = new ArrayList<>(items.size());
		for (int i = 0; i < items.size(); i++) {
			BulkItem<T> item = items.get(i);
			results.add(item.done(result.entity(i, item.write().type()), attempt));
		}
		return results;
	}

	private <T> Mono<BulkResult<T>> alone(BulkItem<T> item, int attempt, Runnable busy) {
		PreparedWrite<T> prepared = item.prepared();
		Mono<BulkResult<T>> call = (prepared.action() == Action.DELETE)
				? prepared.delete().map((deleted) -> deleted ? item.done(null, attempt) : item.absent(attempt))
				: prepared.alone().map((entity) -> item.done(entity, attempt));
		return patiently(call, List.of(item), busy)
			.onErrorResume((error) -> Mono.just(item.not(outcome(error), error, attempt)));
	}

	/**
	 * Create the table where it is missing, and wait while the service is busy.
	 */
	private <T, R> Mono<R> patiently(Mono<R> call, List<BulkItem<T>> items, Runnable busy) {
		return this.calls.inExisting(items.get(0).prepared().table().name(), call)
			.retryWhen(Retry.from((signals) -> signals.concatMap((signal) -> {
				Throwable failure = signal.failure();
				ThrottledException throttled = throttled(failure);
				if (throttled == null) {
					return Mono.error(failure);
				}
				busy.run();
				long attempts = signal.totalRetries() + 1;
				return (attempts < this.options.maxAttempts()) ? Mono.delay(wait(throttled, attempts), this.scheduler)
						: Mono.error(failure);
			})));
	}

	private static @Nullable ThrottledException throttled(Throwable failure) {
		if (failure instanceof TransactionFailedException inside) {
			return (inside.refusal() instanceof ThrottledException throttled) ? throttled : null;
		}
		return (failure instanceof ThrottledException throttled) ? throttled : null;
	}

	private Duration wait(ThrottledException throttled, long attempts) {
		Duration asked = throttled.error().retryAfter();
		if (asked != null) {
			return asked;
		}
		double millis = Math.min(LONGEST_WAIT, 100 * Math.pow(2, attempts - 1));
		return Duration.ofMillis((long) (millis * (0.5 + this.random.getAsDouble() / 2)));
	}

	private <T> Mono<List<BulkResult<T>>> afterFailure(List<BulkItem<T>> items, Throwable error, int attempt,
			Runnable busy) {
		if (error instanceof InvalidTransactionException || error instanceof TooLargeException) {
			return halves(items, attempt, busy);
		}
		if (!(error instanceof TransactionFailedException refused)) {
			return Mono.just(all(items, outcome(error), error, attempt));
		}
		if (throttled(refused) != null) {
			return Mono.just(all(items, Outcome.FAILED, error, attempt));
		}
		Integer culprit = refused.operationIndex();
		if (culprit != null && culprit < items.size()) {
			return afterRefusal(items, culprit, refused, attempt, busy);
		}
		return this.options.splitOnFailure() ? halves(items, attempt, busy)
				: Mono.just(all(items, Outcome.ROLLED_BACK, error, attempt));
	}

	private <T> Mono<List<BulkResult<T>>> afterRefusal(List<BulkItem<T>> items, int culprit,
			TransactionFailedException refused, int attempt, Runnable busy) {
		BulkItem<T> item = items.get(culprit);
		List<BulkItem<T>> others = new ArrayList<>(items);
		others.remove(culprit);
		boolean absent = item.prepared().action() == Action.DELETE && TableCalls.isEntityMissing(refused.refusal());
		BulkResult<T> result = absent ? item.absent(attempt)
				: item.not(Outcome.REFUSED, meaning(item, refused), attempt);
		if (absent || this.options.splitOnFailure()) {
			return send(others, attempt + 1, busy).map((results) -> with(results, result));
		}
		return Mono.just(with(all(others, Outcome.ROLLED_BACK, refused, attempt), result));
	}

	private static Throwable meaning(BulkItem<?> item, TransactionFailedException refused) {
		Throwable meant = item.prepared().goneSince(refused.refusal());
		return (meant instanceof OptimisticLockingFailureException) ? meant : refused;
	}

	private <T> Mono<List<BulkResult<T>>> halves(List<BulkItem<T>> items, int attempt, Runnable busy) {
		int middle = items.size() / 2;
		return Flux.just(items.subList(0, middle), items.subList(middle, items.size()))
			.concatMap((half) -> send(half, attempt + 1, busy))
			.flatMapIterable((results) -> results)
			.collectList();
	}

	private static <T> List<BulkResult<T>> with(List<BulkResult<T>> results, BulkResult<T> result) {
		List<BulkResult<T>> more = new ArrayList<>(results);
		more.add(result);
		return more;
	}

	private static <T> List<BulkResult<T>> all(List<BulkItem<T>> items, Outcome outcome, Throwable error, int attempt) {
		return items.stream().map((item) -> item.not(outcome, error, attempt)).toList();
	}

	private static Outcome outcome(Throwable error) {
		if (error instanceof OutcomeUnknownException || error instanceof InvalidAnswerException) {
			return Outcome.UNKNOWN;
		}
		if (error instanceof InvalidEntityException) {
			return Outcome.INVALID;
		}
		boolean refused = error instanceof AzureServiceException refusal && refusal.error().status() < 500
				&& throttled(error) == null;
		return (refused || error instanceof OptimisticLockingFailureException) ? Outcome.REFUSED : Outcome.FAILED;
	}

}
