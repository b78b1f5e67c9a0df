package dev.reactiveazure.sample.order;

import java.math.BigDecimal;

/**
 * An order moved, in this instance of the application. For those who watch, who may miss
 * one; what must not be missed travels through Event Grid.
 *
 * @param customer who ordered
 * @param id the order's id, unique among the customer's
 * @param total what it costs
 * @param stage where it is now
 */
public record OrderChange(String customer, String id, BigDecimal total, Stage stage) {

	static OrderChange of(Order order) {
		Stage stage = order.isBilled() ? Stage.BILLED : Stage.PLACED;
		return new OrderChange(order.customer(), order.id(), order.total(), stage);
	}

	/**
	 * Where an order is; it goes forward only.
	 */
	public enum Stage {

		/** Stored. */
		PLACED,

		/** Billed. */
		BILLED,

		/** Part of its customer's total. */
		COUNTED

	}

}
