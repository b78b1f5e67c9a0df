package dev.reactiveazure.emulator.eventgrid;

/**
 * The input schema of a topic of the Basic tier. A real topic has one; events in another
 * are refused with 400.
 */
public enum BasicSchema {

	/**
	 * Takes each request for what it looks like: CloudEvents by content type, Event Grid
	 * events by their member {@code eventType}, anything else as custom.
	 */
	ANY,

	/** Event Grid's own schema: an array of objects with {@code eventType}. */
	EVENT_GRID,

	/** CloudEvents 1.0, batched or single. */
	CLOUD_EVENTS,

	/** An array of any JSON objects. */
	CUSTOM

}
