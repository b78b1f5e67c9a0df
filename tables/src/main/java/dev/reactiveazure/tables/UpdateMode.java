package dev.reactiveazure.tables;

/**
 * What becomes of stored properties that a write does not name.
 */
public enum UpdateMode {

	/** They go. */
	REPLACE,

	/** They stay. */
	MERGE

}
