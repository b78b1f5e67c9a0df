package dev.reactiveazure.emulator.eventgrid;

import java.time.Instant;

/**
 * An event that a subscription gave up. The real service would write it to a blob; the
 * emulator keeps it readable.
 *
 * @param eventId the attribute {@code id}
 * @param source the attribute {@code source}
 * @param event the event in structured mode, JSON
 * @param reason why it was given up
 * @param deliveryCount how often it had been delivered
 * @param publishedAt when it was published
 * @param deadLetteredAt when it was given up
 */
public record DeadLetter(String eventId, String source, String event, Reason reason, int deliveryCount,
		Instant publishedAt, Instant deadLetteredAt) {

	/**
	 * Why an event is dead-lettered.
	 */
	public enum Reason {

		/** A receiver rejected it. */
		REJECTED,

		/** The last allowed delivery ended without an acknowledgement. */
		MAX_DELIVERY_COUNT_EXCEEDED,

		/** It was neither acknowledged nor locked at the end of its time to live. */
		TIME_TO_LIVE_EXCEEDED

	}

}
