package dev.reactiveazure.emulator.eventgrid;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

import dev.reactiveazure.emulator.clock.EmulatorClock;
import dev.reactiveazure.emulator.http.Exchange;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One event subscription with pull delivery: its copies of the events, their locks, and
 * the long polls that wait for them. Every method first catches up with the clock, so
 * results are exact even when a timer is late.
 * <p>
 * Thread-safe: one monitor guards all state and is never held while an answer is emitted.
 * All work is proportional to the events it concerns: each collection is ordered by the
 * time its next entry becomes due.
 */
final class SubscriptionQueue {

	/** A lock may be renewed for this long after it was taken. */
	static final Duration RENEWAL_LIMIT = Duration.ofHours(1);

	private final Object monitor = new Object();

	private final EventGridSettings settings;

	private final EmulatorClock clock;

	private final LockTokens tokens;

	private final QueueBooks books;

	private final Set<Delivery> available = new LinkedHashSet<>();

	private final PriorityQueue<Delivery> delayed = new PriorityQueue<>(
			Comparator.comparing((Delivery delivery) -> delivery.availableAt));

	/** In the order in which the locks end, as all locks last equally long. */
	private final Map<String, Delivery> locked = new LinkedHashMap<>();

	/** Every event whose time to live was not judged yet, in order of publication. */
	private final Set<Delivery> aging = new LinkedHashSet<>();

	private final Set<PendingReceive> waiting = new LinkedHashSet<>();

	private final Alarm alarm;

	private boolean closed;

	SubscriptionQueue(EventGridSettings settings, EmulatorClock clock, long secret) {
		this.settings = settings;
		this.clock = clock;
		this.tokens = new LockTokens(secret);
		this.books = new QueueBooks(settings);
		this.alarm = new Alarm(clock, this::onAlarm);
	}

	void publish(List<StoredEvent> events) {
		change((now) -> {
			for (StoredEvent event : events) {
				Delivery delivery = new Delivery(event, event.publishedAt().plus(this.settings.timeToLive()),
						this.books.trail(event));
				delivery.note(EventStep.Kind.PUBLISHED, now);
				this.aging.add(delivery);
				this.available.add(delivery);
			}
			return events.size();
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
		if (this.available.isEmpty()) {
			receive.startWaiting(this.clock.schedule(maxWait, () -> endWait(receive)));
		}
		return true;
	}

	Settlement acknowledge(List<String> lockTokens) {
		return settle(EventGridOperation.ACKNOWLEDGE, lockTokens, (token, delivery, now) -> {
			unlock(token);
			end(delivery, EventStep.Kind.ACKNOWLEDGED, now);
			return true;
		});
	}

	Settlement release(List<String> lockTokens, Duration delay) {
		return settle(EventGridOperation.RELEASE, lockTokens, (token, delivery, now) -> {
			unlock(token);
			delivery.note(EventStep.Kind.RELEASED, now);
			giveBack(delivery, delay, now);
			return true;
		});
	}

	Settlement reject(List<String> lockTokens) {
		return settle(EventGridOperation.REJECT, lockTokens, (token, delivery, now) -> {
			unlock(token);
			delivery.note(EventStep.Kind.REJECTED, now);
			deadLetter(delivery, DeadLetter.Reason.REJECTED, now);
			return true;
		});
	}

	Settlement renew(List<String> lockTokens) {
		return settle(EventGridOperation.RENEW_LOCK, lockTokens, this::renew);
	}

	/**
	 * Ends a lock at once, as if its time were over.
	 * @return whether there was such a lock
	 */
	boolean expireLock(String lockToken) {
		return change((now) -> {
			Delivery delivery = unlock(lockToken);
			if (delivery == null) {
				return false;
			}
			lockEnded(delivery, now);
			return true;
		});
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
		return this.available.size() + this.delayed.size() + this.locked.size();
	}

	/** Called by a {@link BookReader}. */
	int waitingCount() {
		return this.waiting.size();
	}

	/** Called by a {@link BookReader}. */
	List<OpenLock> openLocks() {
		List<OpenLock> locks = new ArrayList<>(this.locked.size());
		this.locked.forEach((token, delivery) -> locks
			.add(new OpenLock(token, delivery.event.id(), delivery.count, delivery.lockedAt, delivery.lockedUntil)));
		return List.copyOf(locks);
	}

	// == State changes, under the monitor ==

	private <R> R change(Change<R> change) {
		Deque<Runnable> answers = new ArrayDeque<>(2);
		R result;
		synchronized (this.monitor) {
			Instant now = this.clock.now();
			catchUp(now);
			result = change.apply(now);
			serveWaiting(now, answers);
			if (!this.closed) {
				this.alarm.setAtLatest(now, nextDue());
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
				Delivery delivery = this.locked.get(token);
				if (delivery != null && action.apply(token, delivery, now)) {
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

	private boolean renew(String token, Delivery delivery, Instant now) {
		if (now.isAfter(delivery.lockedAt.plus(RENEWAL_LIMIT))) {
			return false;
		}
		this.locked.remove(token);
		delivery.lockedUntil = now.plus(this.settings.lockDuration());
		delivery.note(EventStep.Kind.RENEWED, now);
		this.locked.put(token, delivery);
		return true;
	}

	private void catchUp(Instant now) {
		endLocks(now);
		endDelays(now);
		endLives(now);
	}

	private void endLocks(Instant now) {
		for (Delivery next = first(this.locked.values()); next != null
				&& !now.isBefore(next.lockedUntil); next = first(this.locked.values())) {
			this.locked.remove(this.locked.keySet().iterator().next());
			lockEnded(next, next.lockedUntil);
		}
	}

	private void endDelays(Instant now) {
		for (Delivery next = this.delayed.peek(); next != null
				&& !now.isBefore(next.availableAt); next = this.delayed.peek()) {
			this.delayed.remove();
			this.available.add(next);
		}
	}

	private void endLives(Instant now) {
		for (Delivery next = first(this.aging); next != null && next.isExpired(now); next = first(this.aging)) {
			this.aging.remove(next);
			// A locked event is judged when its lock ends.
			if (this.available.remove(next) || this.delayed.remove(next)) {
				deadLetter(next, DeadLetter.Reason.TIME_TO_LIVE_EXCEEDED, next.expiresAt);
			}
		}
	}

	private @Nullable Delivery unlock(String token) {
		return this.locked.remove(token);
	}

	private void lockEnded(Delivery delivery, Instant at) {
		delivery.note(EventStep.Kind.LOCK_EXPIRED, at);
		giveBack(delivery, Duration.ZERO, at);
	}

	private void giveBack(Delivery delivery, Duration delay, Instant now) {
		if (delivery.count >= this.settings.maxDeliveryCount()) {
			deadLetter(delivery, DeadLetter.Reason.MAX_DELIVERY_COUNT_EXCEEDED, now);
		}
		else if (delivery.isExpired(now)) {
			deadLetter(delivery, DeadLetter.Reason.TIME_TO_LIVE_EXCEEDED, now);
		}
		else if (delay.isZero()) {
			this.available.add(delivery);
		}
		else {
			delivery.availableAt = now.plus(delay);
			this.delayed.add(delivery);
		}
	}

	private void deadLetter(Delivery delivery, DeadLetter.Reason reason, Instant at) {
		end(delivery, EventStep.Kind.DEAD_LETTERED, at);
		this.books.deadLetter(delivery, reason, at);
	}

	private void end(Delivery delivery, EventStep.Kind end, Instant at) {
		this.aging.remove(delivery);
		delivery.note(end, at);
	}

	private @Nullable Instant nextDue() {
		Delivery lock = first(this.locked.values());
		Delivery delay = this.delayed.peek();
		Delivery life = first(this.aging);
		Instant due = (lock != null) ? lock.lockedUntil : null;
		due = earlier(due, (delay != null) ? delay.availableAt : null);
		return earlier(due, (life != null) ? life.expiresAt : null);
	}

	// == Long polls ==

	private void serveWaiting(Instant now, Deque<Runnable> answers) {
		while (!this.waiting.isEmpty() && !this.available.isEmpty()) {
			PendingReceive receive = this.waiting.iterator().next();
			this.waiting.remove(receive);
			ReceivedBatch batch = batch(lock(receive.maxEvents(), now));
			this.books.count(EventGridOperation.RECEIVE, batch.events().size(), 0);
			receive.stopWaiting();
			answers.add(() -> receive.complete(batch));
		}
	}

	private List<LockedEvent> lock(int maxEvents, Instant now) {
		List<LockedEvent> events = new ArrayList<>(Math.min(maxEvents, this.available.size()));
		Instant until = now.plus(this.settings.lockDuration());
		Iterator<Delivery> next = this.available.iterator();
		while (next.hasNext() && events.size() < maxEvents) {
			Delivery delivery = next.next();
			next.remove();
			String token = this.tokens.mint();
			delivery.count++;
			delivery.lockedAt = now;
			delivery.lockedUntil = until;
			delivery.note(EventStep.Kind.DELIVERED, now);
			this.locked.put(token, delivery);
			events.add(new LockedEvent(token, delivery.count, delivery.event));
		}
		return events;
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
		synchronized (this.monitor) {
			this.books.unread(batch, this.clock.now());
		}
	}

	private void onAlarm() {
		change((now) -> {
			this.alarm.rang();
			return true;
		});
	}

	private static @Nullable Delivery first(Iterable<Delivery> deliveries) {
		Iterator<Delivery> iterator = deliveries.iterator();
		return iterator.hasNext() ? iterator.next() : null;
	}

	private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return one.isBefore(other) ? one : other;
	}

	@FunctionalInterface
	private interface Change<R> {

		R apply(Instant now);

	}

	@FunctionalInterface
	private interface LockAction {

		boolean apply(String token, Delivery delivery, Instant now);

	}

	/**
	 * Reads the books under the monitor; what it returns must not refer to live state.
	 */
	@FunctionalInterface
	interface BookReader<R> {

		R read(QueueBooks books, SubscriptionQueue queue);

	}

}
