package dev.reactiveazure.emulator.http;

/**
 * Ends the reading of a request body that exceeds the limit of the server.
 */
final class BodyTooLargeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	BodyTooLargeException() {
		super("Request body too large", null, false, false);
	}

}
