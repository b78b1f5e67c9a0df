package dev.reactiveazure.core.pipeline;

import java.util.Map;

/**
 * The body of a request: written once, before the first try, and sent with each.
 */
public interface RequestBody {

	/**
	 * Return the content type exactly as it goes on the wire.
	 */
	CharSequence contentType();

	/**
	 * Write the body. Called on the subscriber's thread, before a connection is asked
	 * for; what it throws becomes the call's error.
	 */
	void write(JsonWriter out);

	/**
	 * Write the body of a call that is traced; by default like any other.
	 * @param trace the headers by which the call's trace travels, such as
	 * {@code traceparent}; possibly none
	 */
	default void write(JsonWriter out, Map<String, String> trace) {
		write(out);
	}

}
