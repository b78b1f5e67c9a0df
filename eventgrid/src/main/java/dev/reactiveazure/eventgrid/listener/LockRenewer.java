package dev.reactiveazure.eventgrid.listener;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.reactiveazure.eventgrid.FailedLockToken;
import dev.reactiveazure.eventgrid.SettlementResult;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * Keeps the locks of events that wait for their handler or run in it, and notices when
 * one is lost: then the handler is cancelled.
 * <p>
 * One timer looks at all events, so that those that are due share a request. Handlers
 * shorter than half the lock cost no request at all.
 */
final class LockRenewer implements Locks {

	private static final Log logger = LogFactory.getLog(LockRenewer.class);

	private static final int MOST_TOKENS = 100;

	private final String name;

	private final EventBroker broker;

	private final InFlightEvents inFlight;

	private final LockTimes lockTimes;

	private final UnsettledEvents unsettled;

	private final boolean cancelOnLoss;

	private final Runnable onLost;

	private final Timing timing;

	private final Disposable.Composite work = Disposables.composite();

	private final AtomicBoolean warned = new AtomicBoolean();

	LockRenewer(String name, EventBroker broker, InFlightEvents inFlight, LockTimes lockTimes,
			UnsettledEvents unsettled, boolean cancelOnLoss, Runnable onLost, Timing timing) {
		this.name = name;
		this.broker = broker;
		this.inFlight = inFlight;
		this.lockTimes = lockTimes;
		this.unsettled = unsettled;
		this.cancelOnLoss = cancelOnLoss;
		this.onLost = onLost;
		this.timing = timing;
	}

	void start() {
		long interval = this.lockTimes.interval();
		this.work
			.add(this.timing.scheduler().schedulePeriodically(this::look, interval, interval, TimeUnit.MILLISECONDS));
	}

	void stop() {
		this.work.dispose();
	}

	private void look() {
		long now = this.timing.now();
		boolean lost = false;
		List<InFlightEvent> due = new ArrayList<>();
		for (InFlightEvent event : this.inFlight.all()) {
			if (!event.state().isOpen()) {
				continue;
			}
			if (event.lockedUntil() <= now) {
				lose(event);
				lost = true;
			}
			else if (!this.unsettled.released(event, now) && event.renewAt() <= now
					&& this.lockTimes.mayRenew(event, now)) {
				this.unsettled.report(event, now);
				due.add(event);
			}
		}
		if (lost) {
			this.onLost.run();
		}
		for (int from = 0; from < due.size(); from += MOST_TOKENS) {
			renew(List.copyOf(due.subList(from, Math.min(due.size(), from + MOST_TOKENS))), now);
		}
	}

	@Override
	public Mono<Void> renew(InFlightEvent event) {
		long now = this.timing.now();
		if (!this.lockTimes.mayRenew(event, now)) {
			return Mono.error(new IllegalStateException(
					"The lock of " + event.describe() + " can't be renewed: it has been held for the longest time"));
		}
		return this.broker.renewLocks(List.of(event.lockToken())).flatMap((result) -> {
			renewed(List.of(event), result, now);
			return confirmed(event, result);
		});
	}

	private static Mono<Void> confirmed(InFlightEvent event, SettlementResult result) {
		if (result.succeeded().contains(event.lockToken())) {
			return Mono.empty();
		}
		EventOutcome outcome = event.state().outcome();
		return Mono.error((outcome != null)
				? new SettlementFailedException("The lock of " + event.describe() + " is lost", outcome)
				: new IllegalStateException("The lock of " + event.describe() + " was not renewed: "
						+ result.failed().stream().map(FailedLockToken::code).toList()));
	}

	private void renew(List<InFlightEvent> events, long now) {
		// Until the answer comes, and where it is none, the next look is soon enough.
		events.forEach((event) -> event.renewNotBefore(now + this.lockTimes.interval()));
		List<String> tokens = events.stream().map(InFlightEvent::lockToken).toList();
		Disposable.Swap call = Disposables.swap();
		this.work.add(call);
		call.update(Mono.defer(() -> this.broker.renewLocks(tokens))
			.doFinally((signal) -> this.work.remove(call))
			.subscribe((result) -> renewed(events, result, now), this::failed));
	}

	private void renewed(List<InFlightEvent> events, SettlementResult result, long sentAt) {
		Set<String> succeeded = new HashSet<>(result.succeeded());
		Map<String, FailedLockToken> failed = new HashMap<>();
		result.failed().forEach((failure) -> failed.put(failure.lockToken(), failure));
		boolean lost = false;
		for (InFlightEvent event : events) {
			FailedLockToken failure = failed.get(event.lockToken());
			if (succeeded.contains(event.lockToken())) {
				this.lockTimes.start(event, sentAt);
			}
			else if (failure != null && failure.isLockLost()) {
				warnOfLockLength(event);
				lose(event);
				lost = true;
			}
		}
		if (lost) {
			this.onLost.run();
		}
	}

	private void failed(Throwable error) {
		logger.warn("Listener '" + this.name + "' could not renew locks, tries again soon: " + error);
	}

	private void lose(InFlightEvent event) {
		if (!this.inFlight.endOpen(event, EventOutcome.LOCK_LOST)) {
			return;
		}
		logger.warn("Listener '" + this.name + "' lost the lock of " + event.describe()
				+ ", it will be delivered again; its handler "
				+ (this.cancelOnLoss ? "is cancelled" : "goes on without it"));
		if (this.cancelOnLoss) {
			event.cancelRun();
		}
	}

	private void warnOfLockLength(InFlightEvent event) {
		if (event.state().isOpen() && this.warned.compareAndSet(false, true)) {
			logger.warn("Listener '" + this.name + "' found a lock gone that should have lasted longer. Is the lock"
					+ " duration configured for the listener longer than the subscription's?");
		}
	}

}
