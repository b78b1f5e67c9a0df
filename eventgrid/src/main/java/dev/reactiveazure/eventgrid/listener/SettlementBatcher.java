package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Settles events with few requests: those of one verb and delay go together, at most a
 * batch and after at most the linger time, at once when there is no other event in flight
 * to wait for. What fails is tried again until the lock is over.
 */
final class SettlementBatcher implements Settlements {

	private static final Log logger = LogFactory.getLog(SettlementBatcher.class);

	private static final Duration FIRST_WAIT = Duration.ofMillis(200);

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

	/** One for each verb, in their order. */
	private final List<SettlementLane> lanes = new ArrayList<>();

	private final Set<SettlementRequest> requests = ConcurrentHashMap.newKeySet();

	private final String name;

	private final EventBroker broker;

	private final InFlightEvents inFlight;

	private final Timing timing;

	private final Backoff backoff;

	private volatile boolean abandoned;

	SettlementBatcher(String name, EventBroker broker, ContainerOptions options, InFlightEvents inFlight,
			Timing timing) {
		this.name = name;
		this.broker = broker;
		this.inFlight = inFlight;
		this.timing = timing;
		this.backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, timing.random());
		for (SettlementVerb verb : SettlementVerb.values()) {
			this.lanes.add(new SettlementLane(batch(options), options.settlement().linger(), timing.scheduler(),
					(events) -> send(verb, events, 1)));
		}
	}

	private static int batch(ContainerOptions options) {
		int most = options.settlement().batch();
		if (!options.receiving().pollAhead()) {
			return most;
		}
		// The permits of what is sent are of use at once: a quarter is worth a request.
		return Math.max(1, Math.min(most, options.maxInFlight() / 4));
	}

	@Override
	public boolean settle(InFlightEvent event, Disposition disposition) {
		if (disposition instanceof Disposition.Leave) {
			return this.inFlight.endOpen(event, EventOutcome.LEFT);
		}
		if (!this.inFlight.beginSettling(event)) {
			return false;
		}
		SettlementLane lane = lane(disposition);
		lane.add(event);
		if (this.inFlight.allSettling()) {
			flush();
		}
		else {
			lane.flushSoon();
		}
		return true;
	}

	/**
	 * Send what is collected.
	 */
	void flush() {
		this.lanes.forEach(SettlementLane::flush);
	}

	private SettlementLane lane(Disposition disposition) {
		SettlementVerb verb = SettlementVerb.REJECT;
		if (disposition instanceof Disposition.Acknowledge) {
			verb = SettlementVerb.ACKNOWLEDGE;
		}
		else if (disposition instanceof Disposition.Release release) {
			verb = SettlementVerb.release(release.delay());
		}
		return this.lanes.get(verb.ordinal());
	}

	private void send(SettlementVerb verb, List<InFlightEvent> events, int attempt) {
		SettlementRequest request = new SettlementRequest(this, verb, events, attempt);
		this.requests.add(request);
		boolean lent = this.inFlight.lendPermits(events, attempt);
		request.send(this.broker);
		if (lent) {
			this.inFlight.offerPermits();
		}
	}

	// == What becomes of a request ==

	void settled(SettlementRequest request, List<InFlightEvent> events, EventOutcome outcome) {
		this.requests.remove(request);
		this.inFlight.endSettling(events, outcome);
	}

	void answered(SettlementRequest request, SettlementAnswer answer) {
		this.requests.remove(request);
		answer.failures()
			.forEach((event, code) -> this.inFlight.attemptFailed(event, request.verb().disposition(), code));
		answer.ended().forEach((outcome, events) -> {
			if (!outcome.isSettled()) {
				logger.warn("Listener '" + this.name + "' could not settle " + events.size() + " events: " + outcome);
			}
			this.inFlight.endSettling(events, outcome);
		});
		if (!answer.unsettled().isEmpty()) {
			retry(request, answer.unsettled(), answer.asError());
		}
	}

	void failed(SettlementRequest request, Throwable error) {
		this.requests.remove(request);
		logger.warn("Listener '" + this.name + "' could not settle " + request.events().size()
				+ " events, tries again until their locks are over: " + error);
		String code = SettlementAnswer.code(error);
		request.events().forEach((event) -> this.inFlight.attemptFailed(event, request.verb().disposition(), code));
		retry(request, request.events(), error);
	}

	private void retry(SettlementRequest request, List<InFlightEvent> events, Throwable error) {
		this.inFlight.callInPermits(events);
		if (this.abandoned) {
			return;
		}
		long wait = Math.min(this.backoff.waitAfter(request.attempt(), error), untilLocksAreOver(events));
		this.timing.scheduler()
			.schedule(() -> sendAgain(request.verb(), events, request.attempt() + 1), wait, TimeUnit.MILLISECONDS);
	}

	// The service may ask for more patience than there is: permits must not wait for it.
	private long untilLocksAreOver(List<InFlightEvent> events) {
		long last = events.stream().mapToLong(InFlightEvent::lockedUntil).max().orElse(0);
		return Math.max(0, last - this.timing.now());
	}

	private void sendAgain(SettlementVerb verb, List<InFlightEvent> events, int attempt) {
		if (this.abandoned) {
			return;
		}
		long now = this.timing.now();
		List<InFlightEvent> locked = new ArrayList<>(events.size());
		for (InFlightEvent event : events) {
			if (event.lockedUntil() > now) {
				locked.add(event);
			}
			else {
				giveUp(event);
			}
		}
		if (!locked.isEmpty()) {
			send(verb, locked, attempt);
		}
	}

	private void giveUp(InFlightEvent event) {
		EventOutcome outcome = event.maybeSettled() ? EventOutcome.AMBIGUOUS : EventOutcome.DEADLINE;
		this.inFlight.endSettling(List.of(event), outcome);
	}

	/**
	 * Give up what is not settled: the time for stopping is over.
	 */
	void abandon() {
		this.abandoned = true;
		this.requests.forEach(SettlementRequest::abandon);
		for (InFlightEvent event : this.inFlight.all()) {
			giveUp(event);
		}
	}

}
