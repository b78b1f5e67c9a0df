package dev.reactiveazure.emulator.eventgrid;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One subscription's copy of an event on its way to an end. It is in exactly one place:
 *
 * <pre>
 * AVAILABLE → LOCKED → acknowledged | dead-lettered
 *     ↑  ↑       |
 *     |  +-------+ released, lock expired
 *     +- DELAYED ← released with a delay
 * </pre>
 *
 * Guarded by the lock of its {@link SubscriptionQueue}.
 */
final class Delivery {

	final StoredEvent event;

	final Instant expiresAt;

	final @Nullable EventTrail trail;

	/** How often the event was handed out; the first delivery counts 1. */
	int count;

	/** Meaningful while locked. */
	Instant lockedAt;

	/** Meaningful while locked. */
	Instant lockedUntil;

	/** Meaningful while delayed. */
	Instant availableAt;

	Delivery(StoredEvent event, Instant expiresAt, @Nullable EventTrail trail) {
		this.event = event;
		this.expiresAt = expiresAt;
		this.trail = trail;
		this.lockedAt = event.publishedAt();
		this.lockedUntil = event.publishedAt();
		this.availableAt = event.publishedAt();
	}

	boolean isExpired(Instant now) {
		return !now.isBefore(this.expiresAt);
	}

	void note(EventStep.Kind kind, Instant at) {
		if (this.trail != null) {
			this.trail.add(new EventStep(kind, at, this.count));
		}
	}

}
