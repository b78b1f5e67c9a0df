package dev.reactiveazure.sample.totals;

import java.math.BigDecimal;

import dev.reactiveazure.sample.order.OrderBilled;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.Table;

/**
 * Says that an order is counted, and what it counts for.
 *
 * @param customer who ordered
 * @param id the order's id
 * @param total what the order costs
 */
@Table(CountedOrder.TABLE)
record CountedOrder(@PartitionKey String customer, @RowKey String id, BigDecimal total) {

	static final String TABLE = "totals";

	static CountedOrder of(OrderBilled billed) {
		return new CountedOrder(billed.customer(), billed.id(), billed.total());
	}

}
