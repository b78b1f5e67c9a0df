package dev.reactiveazure.emulator.eventgrid;

/**
 * The operations of an Event Grid namespace that the books count.
 */
public enum EventGridOperation {

	/** Publish to a topic; its items are events. */
	PUBLISH,

	/** Receive from a subscription; its items are the events handed out. */
	RECEIVE,

	/** Acknowledge; its items are lock tokens. */
	ACKNOWLEDGE,

	/** Release; its items are lock tokens. */
	RELEASE,

	/** Reject; its items are lock tokens. */
	REJECT,

	/** Renew locks; its items are lock tokens. */
	RENEW_LOCK

}
