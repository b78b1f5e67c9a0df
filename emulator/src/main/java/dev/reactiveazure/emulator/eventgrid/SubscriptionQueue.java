package dev.reactiveazure.emulator.eventgrid;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.reactiveazure.emulator.clock.EmulatorClock;
import dev.reactiveazure.emulator.http.Exchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One event subscription with pull delivery: its copies of the events, their locks, and
 * the long polls that wait for them. Every method first catches up with the clock, so
 * results are exact even when a timer is late.
 * <p>
 * Thread-safe: one monitor guards all state and is never held while an answer is emitted.
 */
final class SubscriptionQueue {

	private final Object monitor = new Object();

	private final boolean unlockUnreadAnswers;

	private final EmulatorClock clock;

	private final LockTokens tokens;

	private final QueueBooks books;

	private final PendingEvents events;

	private final Set<PendingReceive> waiting = new LinkedHashSet<>();

	private final Alarm alarm;

	private boolean closed;

	SubscriptionQueue(EventGridSettings settings, EmulatorClock clock, long secret) {
		this.unlockUnreadAnswers = settings.unlockUnreadAnswers();
		this.clock = clock;
		this.tokens = new LockTokens(secret);
		this.books = new QueueBooks(settings);
		this.events = new PendingEvents(settings, this.books, this.tokens);
		this.alarm = new Alarm(clock, this::onAlarm);
	}

	void publish(List<StoredEvent> published) {
		change((now) -> {
			published.forEach((event) -> this.events.add(event, now));
			return published.size();
		});
	}

	/**
	 * Locks available events, or waits for the first one.
	 * @param maxEvents how many events at most
	 * @param maxWait how long to wait for the first event
	 * @param exchange parked while waiting
	 * @return the events, none if the wait ended first; cancelling gives up the wait
	 */
	Mono<ReceivedBatch> receive(int maxEvents, Duration maxWait, Exchange exchange) {
		return Mono
			.<ReceivedBatch>create((sink) -> startReceive(new PendingReceive(maxEvents, exchange, sink), maxWait, sink))
			.doOnNext(ReceivedBatch::handedOver);
	}

	private void startReceive(PendingReceive receive, Duration maxWait, MonoSink<ReceivedBatch> sink) {
		sink.onCancel(() -> giveUp(receive));
		boolean accepted = change((now) -> accept(receive, maxWait));
		if (!accepted) {
			receive.complete(batch(List.of()));
		}
	}

	private boolean accept(PendingReceive receive, Duration maxWait) {
		if (this.closed || receive.isAbandoned()) {
			return false;
		}
		this.waiting.add(receive);
		if (!this.events.isAnyAvailable()) {
			receive.startWaiting(this.clock.schedule(maxWait, () -> endWait(receive)));
		}
		return true;
	}

	Settlement acknowledge(List<String> lockTokens) {
		return settle(EventGridOperation.ACKNOWLEDGE, lockTokens, this.events::acknowledge);
	}

	Settlement release(List<String> lockTokens, Duration delay) {
		return settle(EventGridOperation.RELEASE, lockTokens, (token, now) -> this.events.release(token, delay, now));
	}

	Settlement reject(List<String> lockTokens) {
		return settle(EventGridOperation.REJECT, lockTokens, this.events::reject);
	}

	Settlement renew(List<String> lockTokens) {
		return settle(EventGridOperation.RENEW_LOCK, lockTokens, this.events::renew);
	}

	/**
	 * Ends a lock at once, as if its time were over.
	 * @return whether there was such a lock
	 */
	boolean expireLock(String lockToken) {
		return change((now) -> this.events.expire(lockToken, now));
	}

	/**
	 * Answers the waiting receives with nothing and stops the timers.
	 */
	void close() {
		List<PendingReceive> abandoned;
		synchronized (this.monitor) {
			this.closed = true;
			this.alarm.cancel();
			abandoned = List.copyOf(this.waiting);
			this.waiting.clear();
			abandoned.forEach(PendingReceive::stopWaiting);
		}
		abandoned.forEach((receive) -> receive.complete(batch(List.of())));
	}

	<R> R read(BookReader<R> reader) {
		return change((now) -> reader.read(this.books, this));
	}

	/** Called by a {@link BookReader}. */
	int pendingCount() {
		return this.events.size();
	}

	/** Called by a {@link BookReader}. */
	int waitingCount() {
		return this.waiting.size();
	}

	/** Called by a {@link BookReader}. */
	List<OpenLock> openLocks() {
		return this.events.locks();
	}

	// == State changes, under the monitor ==

	private <R> R change(Change<R> change) {
		Deque<Runnable> answers = new ArrayDeque<>(2);
		R result;
		synchronized (this.monitor) {
			Instant now = this.clock.now();
			this.events.catchUp(now);
			result = change.apply(now);
			serveWaiting(now, answers);
			if (!this.closed) {
				this.alarm.setAtLatest(now, this.events.nextDue());
			}
		}
		answers.forEach(Runnable::run);
		return result;
	}

	private Settlement settle(EventGridOperation operation, List<String> lockTokens, LockAction action) {
		return change((now) -> {
			List<String> succeeded = new ArrayList<>(lockTokens.size());
			List<TokenFailure> failed = new ArrayList<>(0);
			for (String token : lockTokens) {
				if (action.apply(token, now)) {
					succeeded.add(token);
				}
				else {
					failed.add(new TokenFailure(token, failureOf(token)));
				}
			}
			this.books.count(operation, lockTokens.size(), failed.size());
			return new Settlement(succeeded, failed);
		});
	}

	private TokenFailure.Code failureOf(String token) {
		return this.tokens.isOurs(token) ? TokenFailure.Code.TOKEN_LOST : TokenFailure.Code.BAD_TOKEN;
	}

	// == Long polls ==

	private void serveWaiting(Instant now, Deque<Runnable> answers) {
		while (!this.waiting.isEmpty() && this.events.isAnyAvailable()) {
			PendingReceive receive = this.waiting.iterator().next();
			this.waiting.remove(receive);
			ReceivedBatch batch = batch(this.events.lock(receive.maxEvents(), now));
			this.books.count(EventGridOperation.RECEIVE, batch.events().size(), 0);
			receive.stopWaiting();
			answers.add(() -> receive.complete(batch));
		}
	}

	private void endWait(PendingReceive receive) {
		boolean wasWaiting = change((now) -> {
			boolean removed = this.waiting.remove(receive);
			if (removed) {
				receive.stopWaiting();
				this.books.count(EventGridOperation.RECEIVE, 0, 0);
			}
			return removed;
		});
		if (wasWaiting) {
			receive.complete(batch(List.of()));
		}
	}

	private void giveUp(PendingReceive receive) {
		synchronized (this.monitor) {
			receive.abandon();
			if (this.waiting.remove(receive)) {
				receive.stopWaiting();
			}
		}
	}

	private ReceivedBatch batch(List<LockedEvent> events) {
		return new ReceivedBatch(events, this::noteUnread);
	}

	private void noteUnread(ReceivedBatch batch) {
		change((now) -> {
			this.books.unread(batch, now);
			if (this.unlockUnreadAnswers) {
				batch.events().forEach((locked) -> this.events.takeBack(locked.lockToken(), now));
			}
			return true;
		});
	}

	private void onAlarm() {
		change((now) -> {
			this.alarm.rang();
			return true;
		});
	}

	@FunctionalInterface
	private interface Change<R> {

		R apply(Instant now);

	}

	@FunctionalInterface
	private interface LockAction {

		boolean apply(String token, Instant now);

	}

	/**
	 * Reads the books under the monitor; what it returns must not refer to live state.
	 */
	@FunctionalInterface
	interface BookReader<R> {

		R read(QueueBooks books, SubscriptionQueue queue);

	}

}
