package dev.reactiveazure.eventgrid;

/**
 * Says where an array stops to be JSON; never what stands there.
 */
final class MalformedJsonException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	MalformedJsonException(int index) {
		super("it is not valid JSON at byte " + index);
	}

}
