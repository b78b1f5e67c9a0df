package dev.reactiveazure.sample.order;

/**
 * What somebody sent is no order; the message says what is wrong with which field.
 */
public final class InvalidOrderException extends RuntimeException {

	private final String field;

	/**
	 * Create an exception.
	 * @param field the field that is wrong
	 * @param problem what is wrong with it, such as {@code is missing}
	 */
	public InvalidOrderException(String field, String problem) {
		super("'" + field + "' " + problem);
		this.field = field;
	}

	public String field() {
		return this.field;
	}

}
