package dev.reactiveazure.emulator.eventgrid;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The pending events of one subscription, each available, delayed or locked, and the
 * rules by which time moves them. All work is proportional to the events it concerns:
 * each collection is ordered by the time its next entry becomes due. Guarded by the lock
 * of its {@link SubscriptionQueue}.
 */
final class PendingEvents {

	/** A lock may be renewed for this long after it was taken. */
	static final Duration RENEWAL_LIMIT = Duration.ofHours(1);

	private final EventGridSettings settings;

	private final LockTokens tokens;

	private final QueueBooks books;

	private final Set<Delivery> available = new LinkedHashSet<>();

	private final PriorityQueue<Delivery> delayed = new PriorityQueue<>(
			Comparator.comparing((Delivery delivery) -> delivery.availableAt));

	/** In the order in which the locks end, as all locks last equally long. */
	private final Map<String, Delivery> locked = new LinkedHashMap<>();

	/** Every event whose time to live was not judged yet, in order of publication. */
	private final Set<Delivery> aging = new LinkedHashSet<>();

	PendingEvents(EventGridSettings settings, QueueBooks books, LockTokens tokens) {
		this.settings = settings;
		this.books = books;
		this.tokens = tokens;
	}

	void add(StoredEvent event, Instant now) {
		Delivery delivery = new Delivery(event, event.publishedAt().plus(this.settings.timeToLive()),
				this.books.trail(event));
		delivery.note(EventStep.Kind.PUBLISHED, now);
		this.aging.add(delivery);
		this.available.add(delivery);
	}

	boolean isAnyAvailable() {
		return !this.available.isEmpty();
	}

	int size() {
		return this.available.size() + this.delayed.size() + this.locked.size();
	}

	List<OpenLock> locks() {
		List<OpenLock> locks = new ArrayList<>(this.locked.size());
		this.locked.forEach((token, delivery) -> locks
			.add(new OpenLock(token, delivery.event.id(), delivery.count, delivery.lockedAt, delivery.lockedUntil)));
		return List.copyOf(locks);
	}

	/** Locks available events, as many as there are up to the limit. */
	List<LockedEvent> lock(int maxEvents, Instant now) {
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

	// == What receivers do with a lock; false if there is no such lock (any more) ==

	boolean acknowledge(String token, Instant now) {
		Delivery delivery = this.locked.remove(token);
		if (delivery == null) {
			return false;
		}
		end(delivery, EventStep.Kind.ACKNOWLEDGED, now);
		return true;
	}

	boolean release(String token, Duration delay, Instant now) {
		Delivery delivery = this.locked.remove(token);
		if (delivery == null) {
			return false;
		}
		delivery.note(EventStep.Kind.RELEASED, now);
		giveBack(delivery, delay, now);
		return true;
	}

	boolean reject(String token, Instant now) {
		Delivery delivery = this.locked.remove(token);
		if (delivery == null) {
			return false;
		}
		delivery.note(EventStep.Kind.REJECTED, now);
		deadLetter(delivery, DeadLetter.Reason.REJECTED, now);
		return true;
	}

	boolean renew(String token, Instant now) {
		Delivery delivery = this.locked.get(token);
		if (delivery == null || now.isAfter(delivery.lockedAt.plus(RENEWAL_LIMIT))) {
			return false;
		}
		this.locked.remove(token);
		delivery.lockedUntil = now.plus(this.settings.lockDuration());
		delivery.note(EventStep.Kind.RENEWED, now);
		this.locked.put(token, delivery);
		return true;
	}

	boolean expire(String token, Instant now) {
		Delivery delivery = this.locked.remove(token);
		if (delivery == null) {
			return false;
		}
		lockEnded(delivery, now);
		return true;
	}

	/** Undoes a delivery of which the receiver learned nothing, unless it is over. */
	void takeBack(String token, Instant now) {
		Delivery delivery = this.locked.remove(token);
		if (delivery != null) {
			delivery.count--;
			giveBack(delivery, Duration.ZERO, now);
		}
	}

	// == What time does ==

	void catchUp(Instant now) {
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

	/** When time moves the next event, null if never. */
	@Nullable Instant nextDue() {
		Delivery lock = first(this.locked.values());
		Delivery delay = this.delayed.peek();
		Delivery life = first(this.aging);
		Instant due = (lock != null) ? lock.lockedUntil : null;
		due = earlier(due, (delay != null) ? delay.availableAt : null);
		return earlier(due, (life != null) ? life.expiresAt : null);
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

}
