package dev.reactiveazure.eventgrid;

import org.jspecify.annotations.Nullable;

/**
 * An event of a stream in the form in which each try sends it.
 *
 * @param index its place in the stream
 * @param id its id, where it has one
 * @param json the event
 * @param traceable whether a trace may be added to it
 */
record EncodedEvent(long index, @Nullable String id, byte[] json, boolean traceable) {

	/**
	 * Return how many bytes of a request it may take.
	 */
	int size() {
		return this.json.length + (this.traceable ? TraceMembers.TRACEPARENT_BYTES : 0);
	}

}
