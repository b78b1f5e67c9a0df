package dev.reactiveazure.sample.order;

import java.math.BigDecimal;

import dev.reactiveazure.eventgrid.template.EventType;

/**
 * An order was placed.
 *
 * @param customer who ordered
 * @param id the order's id, unique among the customer's
 * @param total what it costs
 */
@EventType("orderdesk.order.placed")
public record OrderPlaced(String customer, String id, BigDecimal total) {

	/** The topic of these events. */
	public static final String TOPIC = "orders";

	static OrderPlaced of(Order order) {
		return new OrderPlaced(order.customer(), order.id(), order.total());
	}

	/**
	 * Return the event's id: the same whenever this order is announced, so that a
	 * repetition can be told from another order. Keys have no slash, so no two orders
	 * share it.
	 */
	String eventId() {
		return this.customer + "/" + this.id + "/placed";
	}

}
