package dev.reactiveazure.emulator.eventgrid;

import java.time.Instant;

/**
 * One thing that happened to an event on one subscription.
 *
 * @param kind what happened
 * @param at when, by the emulator's clock
 * @param deliveryCount how often the event had been delivered by then, 0 before the first
 * delivery
 */
public record EventStep(Kind kind, Instant at, int deliveryCount) {

	/**
	 * What can happen to an event on a subscription.
	 */
	public enum Kind {

		/** The event reached the subscription. */
		PUBLISHED,

		/** A receive locked it and answered with it. */
		DELIVERED,

		/** Its lock was extended. */
		RENEWED,

		/** A receiver gave it back. */
		RELEASED,

		/** Its lock ended without a settlement. */
		LOCK_EXPIRED,

		/** A receiver acknowledged it: the end. */
		ACKNOWLEDGED,

		/** A receiver rejected it; it is dead-lettered in the same moment. */
		REJECTED,

		/** It went to the dead letters: the end. */
		DEAD_LETTERED

	}

}
