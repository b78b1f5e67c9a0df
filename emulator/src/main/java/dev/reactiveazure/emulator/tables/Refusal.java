package dev.reactiveazure.emulator.tables;

import org.jspecify.annotations.Nullable;

/**
 * The service's "no" to a request: status, error code and text as the real service words
 * them.
 */
final class Refusal extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	private final String code;

	private final String text;

	Refusal(int status, String code, String text) {
		super(code + ": " + text, null, false, false);
		this.status = status;
		this.code = code;
		this.text = text;
	}

	int status() {
		return this.status;
	}

	String code() {
		return this.code;
	}

	String text() {
		return this.text;
	}

	/**
	 * The same refusal as a transaction reports it: its text begins with the index of the
	 * failed operation.
	 */
	Refusal at(int index) {
		return new Refusal(this.status, this.code, index + ":" + this.text);
	}

	/**
	 * The error of a service in trouble, whatever it was asked.
	 * @param status the status that tells the trouble
	 * @return the error; null if the status alone does not tell which it is
	 */
	static @Nullable Refusal ofTrouble(int status) {
		return switch (status) {
			case 429 -> new Refusal(status, "TooManyRequests", "The request rate is too large.");
			case 500 -> new Refusal(status, "InternalError",
					"Server encountered an internal error. Please try again after some time.");
			case 503 -> new Refusal(status, "ServerBusy",
					"The server is currently unable to receive requests. Please retry your request.");
			default -> null;
		};
	}

	static Refusal invalidInput() {
		return invalidInput("One of the request inputs is not valid.");
	}

	static Refusal invalidInput(String text) {
		return new Refusal(400, "InvalidInput", text);
	}

	static Refusal invalidEtag(String value) {
		return invalidInput("The etag value '" + value + "' specified in one of the request headers is not valid. "
				+ "Please make sure only one etag value is specified and is valid.");
	}

	static Refusal outOfRange(String parameter, String value) {
		return new Refusal(400, "OutOfRangeInput",
				"The '" + parameter + "' parameter of value '" + value + "' is out of range.");
	}

	static Refusal outOfRange() {
		return new Refusal(400, "OutOfRangeInput", "One of the request inputs is out of range.");
	}

	static Refusal propertiesNeedValue() {
		return new Refusal(400, "PropertiesNeedValue",
				"The values are not specified for all properties in the entity.");
	}

	static Refusal propertyValueTooLarge() {
		return new Refusal(400, "PropertyValueTooLarge",
				"The property value exceeds the maximum allowed size (64KB). If the property value is a string, it is "
						+ "UTF-16 encoded and the maximum number of characters should be 32K or less.");
	}

	static Refusal resourceNotFound() {
		return new Refusal(404, "ResourceNotFound", "The specified resource does not exist.");
	}

	static Refusal tableNotFound() {
		return new Refusal(404, "TableNotFound", "The table specified does not exist.");
	}

	static Refusal methodNotAllowed() {
		return new Refusal(405, "MethodNotAllowed", "The resource doesn't support the specified HTTP verb.");
	}

	static Refusal authenticationFailed() {
		return new Refusal(403, "AuthenticationFailed", "Server failed to authenticate the request. Make sure the "
				+ "value of Authorization header is formed correctly including the signature.");
	}

	static Refusal authorizationFailure() {
		return new Refusal(403, "AuthorizationFailure", "This request is not authorized to perform this operation.");
	}

}
