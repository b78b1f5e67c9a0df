package dev.reactiveazure.eventgrid;

import java.util.List;

/**
 * What became of each lock token of a settlement. A settlement of which every token
 * failed is still a result, not an error.
 *
 * @param succeeded the tokens that were settled
 * @param failed those that were not, and why
 * @param retried whether the settlement was sent more than once. Then a token in
 * {@code failed} whose {@linkplain FailedLockToken#isLockLost() lock is lost} is
 * ambiguous: an earlier try, whose answer never came, may have settled it
 */
public record SettlementResult(List<String> succeeded, List<FailedLockToken> failed, boolean retried) {

	private static final SettlementResult EMPTY = new SettlementResult(List.of(), List.of());

	public SettlementResult {
		succeeded = List.copyOf(succeeded);
		failed = List.copyOf(failed);
	}

	/**
	 * Create the result of a settlement that was sent once.
	 */
	public SettlementResult(List<String> succeeded, List<FailedLockToken> failed) {
		this(succeeded, failed, false);
	}

	/**
	 * Return the result of settling nothing.
	 * @return a result without tokens
	 */
	public static SettlementResult empty() {
		return EMPTY;
	}

	/**
	 * Return whether each token was settled.
	 * @return {@code true} when none failed
	 */
	public boolean isComplete() {
		return this.failed.isEmpty();
	}

}
