package dev.reactiveazure.sample.order;

import java.math.BigDecimal;

import dev.reactiveazure.eventgrid.template.EventType;

/**
 * An order was billed.
 *
 * @param customer who ordered
 * @param id the order's id, unique among the customer's
 * @param total what it costs
 */
@EventType("orderdesk.order.billed")
public record OrderBilled(String customer, String id, BigDecimal total) {

	/**
	 * The topic of these events. It is not the one of {@link OrderPlaced}, so that no
	 * subscription gets events that its listener has no use for.
	 */
	public static final String TOPIC = "billed";

	static OrderBilled of(Order order) {
		return new OrderBilled(order.customer(), order.id(), order.total());
	}

	/**
	 * Return the event's id: the same whenever the billing of this order is announced.
	 */
	String eventId() {
		return this.customer + "/" + this.id + "/billed";
	}

}
