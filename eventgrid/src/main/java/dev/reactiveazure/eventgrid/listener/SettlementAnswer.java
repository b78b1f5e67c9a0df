package dev.reactiveazure.eventgrid.listener;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.eventgrid.FailedLockToken;
import dev.reactiveazure.eventgrid.SettlementResult;
import org.jspecify.annotations.Nullable;

/**
 * A partially failed settlement, matched to its events by their lock tokens. An event id
 * would not do: one batch can hold two deliveries of the same event.
 *
 * @param ended the events whose fate is known
 * @param unsettled the events to settle again
 * @param failures why those that were not settled were not: the service's codes
 */
record SettlementAnswer(Map<EventOutcome, List<InFlightEvent>> ended, List<InFlightEvent> unsettled,
		Map<InFlightEvent, String> failures) {

	private static final String BAD_TOKEN = "BadToken";

	private static final String NOT_MENTIONED = "NotMentioned";

	private static final String NO_CODE = "NoCode";

	static SettlementAnswer refused(List<InFlightEvent> events, Throwable error) {
		Map<InFlightEvent, String> failures = new HashMap<>();
		events.forEach((event) -> failures.put(event, code(error)));
		return new SettlementAnswer(Map.of(EventOutcome.REFUSED, events), List.of(), failures);
	}

	static SettlementAnswer of(SettlementResult result, SettlementVerb verb, List<InFlightEvent> events) {
		Set<String> succeeded = new HashSet<>(result.succeeded());
		Map<String, FailedLockToken> failed = new HashMap<>();
		result.failed().forEach((failure) -> failed.put(failure.lockToken(), failure));
		Map<EventOutcome, List<InFlightEvent>> ended = new EnumMap<>(EventOutcome.class);
		List<InFlightEvent> unsettled = new ArrayList<>();
		Map<InFlightEvent, String> failures = new LinkedHashMap<>();
		for (InFlightEvent event : events) {
			EventOutcome outcome = verb.outcome();
			if (!succeeded.contains(event.lockToken())) {
				FailedLockToken failure = failed.get(event.lockToken());
				failures.put(event, code(failure));
				outcome = outcome(failure, event, result.retried());
			}
			if (outcome != null) {
				ended.computeIfAbsent(outcome, (key) -> new ArrayList<>()).add(event);
			}
			else {
				unsettled.add(event);
			}
		}
		return new SettlementAnswer(ended, unsettled, failures);
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

	private static String code(@Nullable FailedLockToken failure) {
		if (failure == null) {
			return NOT_MENTIONED;
		}
		return (failure.code() != null) ? failure.code() : NO_CODE;
	}

	/**
	 * Return the service's code of a failed request, or else the kind of the error.
	 */
	static String code(Throwable error) {
		String code = (error instanceof AzureServiceException service) ? service.error().code() : null;
		return (code != null) ? code : error.getClass().getSimpleName();
	}

	Throwable asError() {
		return new IllegalStateException(
				this.unsettled.size() + " events were not settled: " + new TreeSet<>(this.failures.values()));
	}

}
