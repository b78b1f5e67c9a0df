package dev.reactiveazure.emulator.eventgrid;

/**
 * A request the service refuses: status, code and message of the answer.
 */
final class Problem extends RuntimeException {

	private final int status;

	private final String code;

	private Problem(int status, String code, String message) {
		super(message, null, false, false);
		this.status = status;
		this.code = code;
	}

	static Problem badRequest(String message) {
		return new Problem(400, "BadRequest", message);
	}

	static Problem unauthorized(String message) {
		return new Problem(401, "Unauthorized", message);
	}

	static Problem notFound(String message) {
		return new Problem(404, "NotFound", message);
	}

	static Problem methodNotAllowed(String message) {
		return new Problem(405, "MethodNotAllowed", message);
	}

	static Problem tooLarge(int status, int limit) {
		String code = (status == 403) ? "Forbidden" : "RequestEntityTooLarge";
		return new Problem(status, code, "The request body exceeds " + limit + " bytes.");
	}

	int status() {
		return this.status;
	}

	String code() {
		return this.code;
	}

	String message() {
		return String.valueOf(getMessage());
	}

}
