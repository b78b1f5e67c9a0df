package dev.reactiveazure.tables;

/**
 * Which endpoint of a geo-redundant account reads go to. Writes go to the primary one.
 * <p>
 * The secondary endpoint lags behind: what was just written may be missing there, and
 * what was deleted still be found.
 */
public enum ReadLocation {

	/** The primary endpoint only; the default. */
	PRIMARY,

	/**
	 * The primary endpoint and, where that stays unreachable, busy or broken after all
	 * retries, the secondary one.
	 */
	PRIMARY_THEN_SECONDARY,

	/** The secondary endpoint only. */
	SECONDARY

}
