package dev.reactiveazure.tables.query;

/**
 * How the service finds what a query is for, from the cheapest to the dearest.
 */
public enum QueryAccess {

	/** One row by its whole key. */
	POINT,

	/** Rows of one partition, between two row keys. */
	ROW_RANGE,

	/** All rows of one partition. */
	PARTITION,

	/** All rows of the partitions between two partition keys. */
	PARTITION_RANGE,

	/** All rows of the table. */
	TABLE_SCAN

}
