package dev.reactiveazure.benchmarks.tables;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An order as JSON on the wire, for those who write their own client: what JSON can't
 * tell apart has an annotation beside it.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderRow(@JsonProperty("PartitionKey") String customer, @JsonProperty("RowKey") String id,
		@JsonProperty("number@odata.type") @Nullable String numberType,
		@JsonFormat(shape = JsonFormat.Shape.STRING) long number, double total, double tax, int quantity, int priority,
		boolean paid, boolean express, @JsonProperty("placedAt@odata.type") @Nullable String placedAtType,
		Instant placedAt, @JsonProperty("shippedAt@odata.type") @Nullable String shippedAtType,
		@Nullable Instant shippedAt, @JsonProperty("reference@odata.type") @Nullable String referenceType,
		UUID reference, String status, String currency, String city, @Nullable String email, @Nullable String note) {

	private static final String DATE = "Edm.DateTime";

	static OrderRow of(Order order) {
		return new OrderRow(order.customer(), order.id(), "Edm.Int64", order.number(), order.total(), order.tax(),
				order.quantity(), order.priority(), order.paid(), order.express(), DATE, order.placedAt(),
				(order.shippedAt() != null) ? DATE : null, order.shippedAt(), "Edm.Guid", order.reference(),
				order.status(), order.currency(), order.city(), order.email(), order.note());
	}

	Order order() {
		return new Order(this.customer, this.id, this.number, this.total, this.tax, this.quantity, this.priority,
				this.paid, this.express, this.placedAt, this.shippedAt, this.reference, this.status, this.currency,
				this.city, this.email, this.note);
	}

}
