package dev.reactiveazure.eventgrid.listener;

import io.cloudevents.CloudEvent;

/**
 * One delivery of an event to a handler.
 *
 * @param event the event; its data is undecoded
 * @param deliveryCount how often the event was delivered, this time included; 1 for the
 * first delivery
 * @param settlement settles this delivery; needed in {@link AckMode#MANUAL} only
 */
public record Delivery(CloudEvent event, int deliveryCount, EventSettlement settlement) {

	/**
	 * Return the delivery with another event in its place, as after an upgrade of an old
	 * schema.
	 * @param other the event to handle instead
	 * @return a delivery with the same count and settlement
	 */
	public Delivery withEvent(CloudEvent other) {
		return new Delivery(other, this.deliveryCount, this.settlement);
	}

}
