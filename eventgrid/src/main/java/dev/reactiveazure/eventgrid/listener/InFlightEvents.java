package dev.reactiveazure.eventgrid.listener;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import io.micrometer.observation.Observation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The events that hold a lock of the service, each with one permit. The only one who
 * makes their transitions, so that each permit comes back exactly once and each end is
 * reported exactly once.
 */
final class InFlightEvents {

	private static final Log logger = LogFactory.getLog(InFlightEvents.class);

	private final Set<InFlightEvent> events = ConcurrentHashMap.newKeySet();

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicLong lostLocks = new AtomicLong();

	private final Permits permits;

	private final LockTimes lockTimes;

	private final SettlementListener listener;

	private final Executor reporting;

	InFlightEvents(Permits permits, LockTimes lockTimes, SettlementListener listener) {
		this(permits, lockTimes, listener, Runnable::run);
	}

	/**
	 * Create a place for events.
	 * @param reporting calls the listener, one call after the other. A permit comes back
	 * when the listener has been called: one that is slow slows the container, rather
	 * than have reports pile up
	 */
	InFlightEvents(Permits permits, LockTimes lockTimes, SettlementListener listener, Executor reporting) {
		this.permits = permits;
		this.lockTimes = lockTimes;
		this.listener = listener;
		this.reporting = reporting;
	}

	/**
	 * Take events in. Their permits are already taken.
	 * @param received the events
	 * @param receivedAt when they were received, in milliseconds
	 */
	List<InFlightEvent> add(List<ReceivedEvent> received, long receivedAt) {
		List<InFlightEvent> added = new ArrayList<>(received.size());
		for (ReceivedEvent event : received) {
			InFlightEvent inFlight = new InFlightEvent(event, receivedAt);
			this.lockTimes.start(inFlight, receivedAt);
			added.add(inFlight);
		}
		this.open.addAndGet(added.size());
		this.events.addAll(added);
		return added;
	}

	/**
	 * Move an event on to its settlement.
	 * @return {@code false} if it ended before, as by a lost lock
	 */
	boolean beginSettling(InFlightEvent event) {
		if (!event.beginSettling()) {
			return false;
		}
		this.open.decrementAndGet();
		return true;
	}

	/**
	 * End an event that is not being settled.
	 * @return {@code false} if it ended before or is being settled
	 */
	boolean endOpen(InFlightEvent event, EventOutcome outcome) {
		if (!event.endOpen(outcome)) {
			return false;
		}
		this.open.decrementAndGet();
		this.reporting.execute(() -> end(List.of(event), outcome));
		return true;
	}

	/**
	 * End events that are being settled, and return their permits together.
	 */
	void endSettling(Collection<InFlightEvent> settling, EventOutcome outcome) {
		List<InFlightEvent> ended = new ArrayList<>(settling.size());
		for (InFlightEvent event : settling) {
			if (event.endSettling(outcome)) {
				ended.add(event);
			}
		}
		if (!ended.isEmpty()) {
			this.reporting.execute(() -> end(ended, outcome));
		}
	}

	private void end(List<InFlightEvent> ended, EventOutcome outcome) {
		int onLoan = 0;
		for (InFlightEvent event : ended) {
			report(event, outcome);
			onLoan += event.callInPermit() ? 1 : 0;
		}
		this.permits.giveBack(ended.size(), onLoan);
	}

	/**
	 * Lend the permits of events whose settlement is about to be sent, where that is
	 * wanted. With a second attempt nothing is lent: the first did not come through.
	 * @return whether permits were lent, to be {@linkplain #offerPermits() offered} when
	 * it is sent
	 */
	boolean lendPermits(List<InFlightEvent> settling, int attempt) {
		if (!this.permits.areLent() || attempt > 1) {
			return false;
		}
		for (InFlightEvent event : settling) {
			if (this.permits.lend()) {
				event.lendPermit();
			}
		}
		return true;
	}

	void offerPermits() {
		this.permits.changed();
	}

	/**
	 * Lend permits no longer: the settlement of their events did not come through.
	 */
	void callInPermits(List<InFlightEvent> settling) {
		for (InFlightEvent event : settling) {
			if (event.callInPermit()) {
				this.permits.callIn();
			}
		}
	}

	private void report(InFlightEvent event, EventOutcome outcome) {
		this.events.remove(event);
		if (outcome == EventOutcome.LOCK_LOST) {
			this.lostLocks.incrementAndGet();
		}
		Observation.Scope scope = event.observation().open();
		try {
			this.listener.ended(event.received(), outcome);
		}
		catch (Throwable ex) {
			// Even an Error: those who end events with this one wait for their permits.
			logger.warn("The settlement listener failed", ex);
		}
		tell(event, outcome);
		HandlingObservation.close(scope);
		event.endObservation(outcome);
	}

	/**
	 * Report an attempt to settle an event that failed.
	 */
	void attemptFailed(InFlightEvent event, Disposition attempted, String code) {
		this.reporting.execute(() -> reportFailed(event, attempted, code));
	}

	private void reportFailed(InFlightEvent event, Disposition attempted, String code) {
		try {
			this.listener.failed(event.received(), attempted, code);
		}
		catch (Throwable ex) {
			// Even an Error: what failed is still to be tried again.
			logger.warn("The settlement listener failed", ex);
		}
	}

	private static void tell(InFlightEvent event, EventOutcome outcome) {
		try {
			event.tell(outcome);
		}
		catch (Throwable ex) {
			logger.warn("What waited for a settlement failed", ex);
		}
	}

	/**
	 * Return whether each event in flight is being settled.
	 */
	boolean allSettling() {
		return this.open.get() == 0;
	}

	long lostLocks() {
		return this.lostLocks.get();
	}

	int count() {
		return this.events.size();
	}

	/**
	 * Return a view of the events, weakly consistent.
	 */
	Iterable<InFlightEvent> all() {
		return this.events;
	}

}
