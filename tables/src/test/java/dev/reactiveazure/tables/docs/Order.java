package dev.reactiveazure.tables.docs;

import java.math.BigDecimal;

import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.data.annotation.Version;

/**
 * The record of the guide to Tables.
 */
@Table("orders")
record Order(@PartitionKey String customer, @RowKey String id, BigDecimal total, int quantity,
		@Version @Nullable String etag) {

	Order withQuantity(int quantity) {
		return new Order(this.customer, this.id, this.total, quantity, this.etag);
	}

}
