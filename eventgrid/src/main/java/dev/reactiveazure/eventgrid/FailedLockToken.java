package dev.reactiveazure.eventgrid;

import org.jspecify.annotations.Nullable;

/**
 * A lock token that a settlement could not settle.
 *
 * @param lockToken the token, exactly as it was sent
 * @param code the service's code, such as {@code TokenLost}; {@code null} when it gave
 * none
 * @param message the service's message; {@code null} when it gave none
 */
public record FailedLockToken(String lockToken, @Nullable String code, @Nullable String message) {

	private static final String TOKEN_LOST = "TokenLost";

	/**
	 * Return whether the lock is gone: expired, or settled before. The service does not
	 * tell these apart, so that after a {@linkplain SettlementResult#retried() retried}
	 * settlement this can mean that an earlier try succeeded.
	 * @return {@code true} for the code {@code TokenLost}
	 */
	public boolean isLockLost() {
		return TOKEN_LOST.equalsIgnoreCase(this.code);
	}

}
