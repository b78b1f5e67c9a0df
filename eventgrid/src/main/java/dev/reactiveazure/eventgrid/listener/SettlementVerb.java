package dev.reactiveazure.eventgrid.listener;

import dev.reactiveazure.eventgrid.ReleaseDelay;
import org.jspecify.annotations.Nullable;

/**
 * What settlement requests can ask for. Lock tokens of one verb share requests.
 */
enum SettlementVerb {

	ACKNOWLEDGE(EventOutcome.ACKNOWLEDGED, null), REJECT(EventOutcome.REJECTED, null),

	RELEASE_NOW(EventOutcome.RELEASED, ReleaseDelay.NONE),
	RELEASE_TEN_SECONDS(EventOutcome.RELEASED, ReleaseDelay.TEN_SECONDS),
	RELEASE_ONE_MINUTE(EventOutcome.RELEASED, ReleaseDelay.ONE_MINUTE),
	RELEASE_TEN_MINUTES(EventOutcome.RELEASED, ReleaseDelay.TEN_MINUTES),
	RELEASE_ONE_HOUR(EventOutcome.RELEASED, ReleaseDelay.ONE_HOUR);

	private final EventOutcome outcome;

	private final @Nullable ReleaseDelay delay;

	SettlementVerb(EventOutcome outcome, @Nullable ReleaseDelay delay) {
		this.outcome = outcome;
		this.delay = delay;
	}

	/**
	 * Return how an event ends that was settled so.
	 */
	EventOutcome outcome() {
		return this.outcome;
	}

	/**
	 * Return the delay of a release.
	 * @return the delay, {@code null} for the other verbs
	 */
	@Nullable ReleaseDelay delay() {
		return this.delay;
	}

	/**
	 * Return what an event gets that is settled so.
	 */
	Disposition disposition() {
		if (this.delay != null) {
			return Disposition.release(this.delay);
		}
		return (this == REJECT) ? Disposition.reject() : Disposition.acknowledge();
	}

	static SettlementVerb release(ReleaseDelay delay) {
		return switch (delay) {
			case NONE -> RELEASE_NOW;
			case TEN_SECONDS -> RELEASE_TEN_SECONDS;
			case ONE_MINUTE -> RELEASE_ONE_MINUTE;
			case TEN_MINUTES -> RELEASE_TEN_MINUTES;
			case ONE_HOUR -> RELEASE_ONE_HOUR;
		};
	}

}
