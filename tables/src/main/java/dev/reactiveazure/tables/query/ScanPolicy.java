package dev.reactiveazure.tables.query;

/**
 * What becomes of a query that has the service read a whole table, because its filter
 * names no partition.
 */
public enum ScanPolicy {

	/** It is sent. */
	ALLOW,

	/** It is sent, and the log says so, once for each class and form of filter. */
	WARN,

	/**
	 * It is refused before anything is sent, unless it says
	 * {@link Query#allowTableScan()}.
	 */
	REFUSE

}
