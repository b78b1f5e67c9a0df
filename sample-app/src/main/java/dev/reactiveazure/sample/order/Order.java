package dev.reactiveazure.sample.order;

import java.math.BigDecimal;

import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.data.annotation.Version;

/**
 * An order, one row. The orders of a customer share a partition, so that they are read
 * together.
 *
 * @param customer who ordered
 * @param id unique among the customer's orders
 * @param total what it costs, with two digits after the point
 * @param status how far it has come
 * @param etag the version of the row; {@code null} before it is stored
 */
@Table(Order.TABLE)
public record Order(@PartitionKey String customer, @RowKey String id, BigDecimal total, OrderStatus status,
		@Version @Nullable String etag) {

	static final String TABLE = "orders";

	/**
	 * Make a new order of what somebody sent.
	 * @param customer who orders
	 * @param id the order's id
	 * @param total what it costs
	 * @return the order, not stored yet
	 * @throws InvalidOrderException if one is missing or not allowed, naming it
	 */
	public static Order placed(@Nullable String customer, @Nullable String id, @Nullable BigDecimal total) {
		return new Order(OrderRules.key("customer", customer), OrderRules.key("id", id), OrderRules.amount(total),
				OrderStatus.PLACED, null);
	}

	boolean isBilled() {
		return this.status == OrderStatus.BILLED;
	}

	Order billed() {
		return new Order(this.customer, this.id, this.total, OrderStatus.BILLED, this.etag);
	}

}
