package dev.reactiveazure.benchmarks.tables;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.Table;
import org.jspecify.annotations.Nullable;

/**
 * A row as a user would map it: two keys and fifteen typed properties.
 *
 * @param customer the partition key
 * @param id the row key
 * @param number a 64-bit integer
 * @param total a double
 * @param tax a double
 * @param quantity a 32-bit integer
 * @param priority a 32-bit integer
 * @param paid a boolean
 * @param express a boolean
 * @param placedAt a date of 100 ns precision
 * @param shippedAt a date that rows of mixed shape may lack
 * @param reference a GUID
 * @param status a string
 * @param currency a string
 * @param city a string
 * @param email a string that rows of mixed shape may lack
 * @param note a string that rows of mixed shape may lack
 */
@Table(TablesPeer.TABLE)
public record Order(@PartitionKey String customer, @RowKey String id, long number, double total, double tax,
		int quantity, int priority, boolean paid, boolean express, Instant placedAt, @Nullable Instant shippedAt,
		UUID reference, String status, String currency, String city, @Nullable String email, @Nullable String note) {

	private static final Instant FIRST = Instant.parse("2026-11-21T06:00:00.1234567Z");

	private static final List<String> STATUS = List.of("PLACED", "BILLED", "SHIPPED");

	/**
	 * The order of the given number; the stub's uniform row of that number is the same.
	 * @param row the number, from 0
	 * @return the order
	 */
	public static Order numbered(int row) {
		Instant placed = FIRST.plusSeconds(row);
		return new Order(String.format("customer-%04d", row % 1000), String.format("order-%08d", row),
				4_200_000_000L + row, 10.25 + row % 1000, 0.5 + row % 100, 1 + row % 9, row % 3, row % 2 == 0,
				row % 5 == 0, placed, placed.plus(1, ChronoUnit.DAYS),
				UUID.fromString(String.format("1a2b3c4d-5e6f-4a7b-8c9d-%012x", row)), STATUS.get(row % 3), "EUR",
				"Amsterdam", String.format("ada.%04d@example.com", row % 1000), "Ring twice");
	}

	/**
	 * The order of the given number, all of them in one partition.
	 * @param row the number, from 0
	 * @return the order
	 */
	static Order ofOneCustomer(int row) {
		Order order = numbered(row);
		return new Order("customer-0000", order.id, order.number, order.total, order.tax, order.quantity,
				order.priority, order.paid, order.express, order.placedAt, order.shippedAt, order.reference,
				order.status, order.currency, order.city, order.email, order.note);
	}

}
