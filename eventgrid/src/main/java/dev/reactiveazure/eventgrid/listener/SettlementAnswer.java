package dev.reactiveazure.eventgrid.listener;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.reactiveazure.eventgrid.FailedLockToken;
import dev.reactiveazure.eventgrid.SettlementResult;
import org.jspecify.annotations.Nullable;

/**
 * A partially failed settlement, matched to its events by their lock tokens. An event id
 * would not do: one batch can hold two deliveries of the same event.
 *
 * @param ended the events whose fate is known
 * @param unsettled the events to settle again
 * @param firstFailure why the first of these was not settled, {@code null} if the answer
 * did not mention it
 */
record SettlementAnswer(Map<EventOutcome, List<InFlightEvent>> ended, List<InFlightEvent> unsettled,
		@Nullable FailedLockToken firstFailure) {

	private static final String BAD_TOKEN = "BadToken";

	static SettlementAnswer refused(List<InFlightEvent> events) {
		return new SettlementAnswer(Map.of(EventOutcome.REFUSED, events), List.of(), null);
	}

	static SettlementAnswer of(SettlementResult result, SettlementVerb verb, List<InFlightEvent> events) {
		Set<String> succeeded = new HashSet<>(result.succeeded());
		Map<String, FailedLockToken> failed = new HashMap<>();
		result.failed().forEach((failure) -> failed.put(failure.lockToken(), failure));
		Map<EventOutcome, List<InFlightEvent>> ended = new EnumMap<>(EventOutcome.class);
		List<InFlightEvent> unsettled = new ArrayList<>();
		for (InFlightEvent event : events) {
			EventOutcome outcome = succeeded.contains(event.lockToken()) ? verb.outcome()
					: outcome(failed.get(event.lockToken()), event, result.retried());
			if (outcome != null) {
				ended.computeIfAbsent(outcome, (key) -> new ArrayList<>()).add(event);
			}
			else {
				unsettled.add(event);
			}
		}
		FailedLockToken first = unsettled.isEmpty() ? null : failed.get(unsettled.get(0).lockToken());
		return new SettlementAnswer(ended, unsettled, first);
	}

	private static @Nullable EventOutcome outcome(@Nullable FailedLockToken failure, InFlightEvent event,
			boolean retried) {
		if (failure == null) {
			return null;
		}
		if (failure.isLockLost()) {
			return (retried || event.maybeSettled()) ? EventOutcome.AMBIGUOUS : EventOutcome.LOCK_LOST;
		}
		return BAD_TOKEN.equalsIgnoreCase(failure.code()) ? EventOutcome.REFUSED : null;
	}

	Throwable asError() {
		String reason = (this.firstFailure != null) ? this.firstFailure.code() + ": " + this.firstFailure.message()
				: "the answer does not mention the lock token";
		return new IllegalStateException(this.unsettled.size() + " events were not settled: " + reason);
	}

}
