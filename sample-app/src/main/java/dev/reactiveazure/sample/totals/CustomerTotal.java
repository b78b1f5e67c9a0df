package dev.reactiveazure.sample.totals;

import java.math.BigDecimal;

/**
 * What a customer ordered in all.
 *
 * @param orders how many billed orders
 * @param total what they cost together
 */
public record CustomerTotal(long orders, BigDecimal total) {

	static final CustomerTotal NONE = new CustomerTotal(0, new BigDecimal("0.00"));

	CustomerTotal plus(CountedOrder order) {
		return new CustomerTotal(this.orders + 1, this.total.add(order.total()));
	}

}
