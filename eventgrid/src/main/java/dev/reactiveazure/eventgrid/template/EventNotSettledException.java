package dev.reactiveazure.eventgrid.template;

import dev.reactiveazure.eventgrid.FailedLockToken;
import dev.reactiveazure.eventgrid.SettlementResult;
import org.jspecify.annotations.Nullable;

/**
 * The service answered, but did not settle an event: mostly because its lock was lost, so
 * that the event is or will be delivered again.
 */
public final class EventNotSettledException extends RuntimeException {

	private final @Nullable String code;

	private final boolean lockLost;

	private EventNotSettledException(String message, @Nullable String code, boolean lockLost) {
		super(message);
		this.code = code;
		this.lockLost = lockLost;
	}

	static EventNotSettledException of(String verb, String event, String lockToken, SettlementResult result) {
		for (FailedLockToken failed : result.failed()) {
			if (failed.lockToken().equals(lockToken)) {
				String maybe = (failed.isLockLost() && result.retried())
						? " An earlier try, whose answer never came, may have done it." : "";
				return new EventNotSettledException(
						"Could not " + verb + " " + event + ": " + failed.code() + " " + failed.message() + "." + maybe,
						failed.code(), failed.isLockLost());
			}
		}
		return new EventNotSettledException(
				"Could not " + verb + " " + event + ": the service's answer does not mention its lock token", null,
				false);
	}

	/**
	 * Return why the service refused.
	 * @return the service's code, such as {@code TokenLost}; {@code null} where it gave
	 * none
	 */
	public @Nullable String code() {
		return this.code;
	}

	/**
	 * Return whether the event's lock was lost.
	 * @return {@code true} where the event is or will be delivered again
	 */
	public boolean isLockLost() {
		return this.lockLost;
	}

}
