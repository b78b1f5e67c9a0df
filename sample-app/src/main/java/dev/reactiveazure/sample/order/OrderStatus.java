package dev.reactiveazure.sample.order;

/**
 * How far an order has come.
 */
public enum OrderStatus {

	/** It is stored, and its {@link OrderPlaced} was or will be published. */
	PLACED,

	/** It is billed, and its {@link OrderBilled} was or will be published. */
	BILLED

}
