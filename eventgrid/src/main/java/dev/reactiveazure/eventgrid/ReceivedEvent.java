package dev.reactiveazure.eventgrid;

import io.cloudevents.CloudEvent;

/**
 * An event that the service locked for this receiver: settle its lock token before the
 * lock expires, or it is delivered again.
 */
public sealed interface ReceivedEvent {

	/**
	 * Return the token that settles this delivery: opaque, compared byte by byte.
	 * @return the token
	 */
	String lockToken();

	/**
	 * Return how often the event was delivered, this time included.
	 * @return 1 for the first delivery
	 */
	int deliveryCount();

	/**
	 * A delivery that holds a CloudEvent.
	 *
	 * @param event the event; its data is undecoded
	 * @param lockToken the token that settles this delivery
	 * @param deliveryCount how often the event was delivered
	 */
	record Valid(CloudEvent event, String lockToken, int deliveryCount) implements ReceivedEvent {
	}

	/**
	 * A delivery whose event breaks the CloudEvents specification. It is locked like any
	 * other and must be settled too.
	 *
	 * @param json the event as it came, for a dead-letter store or an inspection; may
	 * hold personal data, therefore not part of {@link #toString()}
	 * @param reason what is wrong with it, without its data
	 * @param lockToken the token that settles this delivery
	 * @param deliveryCount how often the event was delivered
	 */
	record Malformed(String json, String reason, String lockToken, int deliveryCount) implements ReceivedEvent {

		@Override
		public String toString() {
			return "Malformed[reason=" + this.reason + ", lockToken=" + this.lockToken + ", deliveryCount="
					+ this.deliveryCount + "]";
		}

	}

}
