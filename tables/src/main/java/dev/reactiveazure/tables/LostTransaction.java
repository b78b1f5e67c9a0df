package dev.reactiveazure.tables;

import java.time.Duration;
import java.util.List;

import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.core.OutcomeUnknownException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds out whether a transaction that got no answer had been done, when its second try
 * is refused: for what the first did, perhaps.
 * <p>
 * The stored rows decide, as for a single write ({@link LostAnswer}), and the transaction
 * was done as a whole or not at all. A row that is older than the transaction proves that
 * it was not. All rows with its content prove that it was. Else nobody can tell, nor
 * where there are only deletes: rows that are gone do not say who took them.
 */
final class LostTransaction {

	private static final int CONCURRENCY = 8;

	private final LostAnswer rows;

	LostTransaction(LostAnswer rows) {
		this.rows = rows;
	}

	/**
	 * Decide on a transaction.
	 * @param changes its operations
	 * @param elapsed time since it began
	 * @param refusal what the last try was told
	 * @param failure what to fail with where the refusal stands
	 * @return the result where it was done; otherwise the failure, or an
	 * {@link OutcomeUnknownException}
	 */
	Mono<TransactionResult> resolve(List<Change<?>> changes, Duration elapsed, AzureServiceException refusal,
			Throwable failure) {
		return Flux.fromIterable(changes)
			.flatMapSequential((change) -> finding(change, elapsed, refusal), CONCURRENCY)
			.collectList()
			.flatMap((findings) -> decide(findings, refusal, failure));
	}

	private Mono<Finding> finding(Change<?> change, Duration elapsed, AzureServiceException refusal) {
		Mono<Finding> finding = (change.body() != null) ? written(change.body(), change, elapsed, refusal)
				: this.rows.resolveDelete(change.key(), elapsed, refusal).thenReturn(Finding.GONE);
		return finding.onErrorResume((error) -> Mono.just((error == refusal) ? Finding.REFUTED : Finding.UNKNOWN));
	}

	private <T> Mono<Finding> written(EntityBody<T> body, Change<?> change, Duration elapsed,
			AzureServiceException refusal) {
		return this.rows.versionOf(body, change.kind().mode(), elapsed, refusal)
			.map((version) -> new Finding(Verdict.WRITTEN, body.format().codec().withETag(body.entity(), version),
					version));
	}

	private static Mono<TransactionResult> decide(List<Finding> findings, AzureServiceException refusal,
			Throwable failure) {
		if (findings.contains(Finding.REFUTED)) {
			return Mono.error(failure);
		}
		boolean written = findings.stream().anyMatch((finding) -> finding.verdict == Verdict.WRITTEN);
		if (!written || findings.contains(Finding.UNKNOWN)) {
			return unknown(refusal);
		}
		return Mono.just(new TransactionResult(findings.stream().map(Finding::entity).toArray(),
				findings.stream().map(Finding::etag).toArray(ETag[]::new)));
	}

	private static Mono<TransactionResult> unknown(AzureServiceException refusal) {
		return Mono.error(() -> new OutcomeUnknownException(refusal.call(),
				"a try got no answer, and the next was told '" + refusal.error().code() + "'", false, refusal));
	}

	/**
	 * What a row says about the transaction.
	 */
	private enum Verdict {

		/** It has the content of the operation: done. */
		WRITTEN,

		/** It is gone, as a delete would have it. */
		GONE,

		/** It was there, as it is, before the transaction began: not done. */
		REFUTED,

		/** Nothing. */
		UNKNOWN

	}

	/**
	 * What the row of one operation says, and its version.
	 */
	private record Finding(Verdict verdict, @Nullable Object entity, @Nullable ETag etag) {

		static final Finding GONE = new Finding(Verdict.GONE, null, null);

		static final Finding REFUTED = new Finding(Verdict.REFUTED, null, null);

		static final Finding UNKNOWN = new Finding(Verdict.UNKNOWN, null, null);

	}

}
