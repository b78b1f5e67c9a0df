package dev.reactiveazure.benchmarks.tables;

import java.util.List;

import org.reactivestreams.Publisher;

/**
 * A client of Table storage that competes. Each publisher does its work when it is
 * subscribed to, against the table {@link #TABLE}.
 */
interface TablesPeer {

	/** The table that all works use. */
	String TABLE = "orders";

	/** The account, for clients that take it apart from the address. */
	String ACCOUNT = "devstoreaccount1";

	/** A key of the right length; the stub does not look at signatures. */
	String KEY = "c3R1Yi1rZXktb2YtdGhlLWJlbmNobWFya3MtMDEyMzQ1Njc4OWFiY2RlZg==";

	/**
	 * Inserts a row and wants no echo of it.
	 */
	Publisher<?> insert(Order order);

	/**
	 * Reads one row into what the client's user gets.
	 */
	Publisher<?> get(String customer, String id);

	/**
	 * Reads the 1,000 rows of a table's only page into what the client's user gets, one
	 * signal each.
	 */
	Publisher<?> query(String table);

	/**
	 * Inserts rows of one partition in one transaction.
	 */
	Publisher<?> insertAll(List<Order> orders);

}
