package dev.reactiveazure.benchmarks.tables;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.reactiveazure.tables.ETag;
import dev.reactiveazure.tables.EntityCodec;
import dev.reactiveazure.tables.RowReader;
import dev.reactiveazure.tables.RowWriter;
import dev.reactiveazure.tables.TableKey;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes orders as plainly as it can be written by hand.
 */
final class OrderCodec implements EntityCodec<Order> {

	private static final List<String> PROPERTIES = List.of("PartitionKey", "RowKey", "number", "total", "tax",
			"quantity", "priority", "paid", "express", "placedAt", "shippedAt", "reference", "status", "currency",
			"city", "email", "note");

	@Override
	public TableKey key(Order order) {
		return TableKey.of(order.customer(), order.id());
	}

	@Override
	public @Nullable ETag etag(Order order) {
		return null;
	}

	@Override
	public Order withETag(Order order, ETag etag) {
		return order;
	}

	@Override
	public List<String> properties() {
		return PROPERTIES;
	}

	@Override
	public void write(Order order, RowWriter row) {
		row.property(2).int64(order.number());
		row.property(3).float64(order.total());
		row.property(4).float64(order.tax());
		row.property(5).int32(order.quantity());
		row.property(6).int32(order.priority());
		row.property(7).bool(order.paid());
		row.property(8).bool(order.express());
		row.property(9).dateTime(order.placedAt());
		if (order.shippedAt() != null) {
			row.property(10).dateTime(order.shippedAt());
		}
		row.property(11).guid(order.reference());
		row.property(12).string(order.status());
		row.property(13).string(order.currency());
		row.property(14).string(order.city());
		if (order.email() != null) {
			row.property(15).string(order.email());
		}
		if (order.note() != null) {
			row.property(16).string(order.note());
		}
	}

	@Override
	public Order read(RowReader row) {
		String customer = "";
		String id = "";
		long number = 0;
		double total = 0;
		double tax = 0;
		int quantity = 0;
		int priority = 0;
		boolean paid = false;
		boolean express = false;
		Instant placedAt = Instant.EPOCH;
		Instant shippedAt = null;
		UUID reference = null;
		String status = "";
		String currency = "";
		String city = "";
		String email = null;
		String note = null;
		for (int property = row.next(); property != RowReader.END; property = row.next()) {
			switch (property) {
				case 0 -> customer = row.string();
				case 1 -> id = row.string();
				case 2 -> number = row.int64();
				case 3 -> total = row.float64();
				case 4 -> tax = row.float64();
				case 5 -> quantity = row.int32();
				case 6 -> priority = row.int32();
				case 7 -> paid = row.bool();
				case 8 -> express = row.bool();
				case 9 -> placedAt = row.dateTime();
				case 10 -> shippedAt = row.dateTime();
				case 11 -> reference = row.guid();
				case 12 -> status = row.string();
				case 13 -> currency = row.string();
				case 14 -> city = row.string();
				case 15 -> email = row.string();
				case 16 -> note = row.string();
				default -> throw new IllegalStateException("Property " + row.name() + " was not asked for");
			}
		}
		if (reference == null) {
			throw new IllegalStateException("Order " + id + " has no reference");
		}
		return new Order(customer, id, number, total, tax, quantity, priority, paid, express, placedAt, shippedAt,
				reference, status, currency, city, email, note);
	}

}
