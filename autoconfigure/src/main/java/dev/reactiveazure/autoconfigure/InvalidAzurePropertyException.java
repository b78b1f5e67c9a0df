package dev.reactiveazure.autoconfigure;

import java.util.function.Supplier;

/**
 * The value of a property cannot be used. The message names the property and says what is
 * wrong, and never repeats a value that may be secret.
 */
public final class InvalidAzurePropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String property;

	private final String reason;

	/**
	 * Create the exception.
	 * @param property the name of the property
	 * @param reason what is wrong with its value, without a full stop at its end
	 */
	public InvalidAzurePropertyException(String property, String reason) {
		super("The value of '" + property + "' is not valid: " + reason);
		this.property = property;
		this.reason = reason;
	}

	/**
	 * Make a value from a property, and say which one it was if that fails.
	 * @param <T> the type of the value
	 * @param property the name of the property
	 * @param value makes the value
	 * @return the value
	 * @throws InvalidAzurePropertyException if that failed with an
	 * {@link IllegalArgumentException}, whose message is taken over
	 */
	public static <T> T naming(String property, Supplier<T> value) {
		try {
			return value.get();
		}
		catch (IllegalArgumentException ex) {
			throw of(property, ex);
		}
	}

	/**
	 * Say which property a value is from that can't be made.
	 * @param property the name of the property
	 * @param cause what is wrong; its message is taken over
	 * @return the exception to throw
	 */
	public static InvalidAzurePropertyException of(String property, IllegalArgumentException cause) {
		return new InvalidAzurePropertyException(property, String.valueOf(cause.getMessage()));
	}

	/**
	 * Return the name of the property.
	 * @return its canonical name
	 */
	public String property() {
		return this.property;
	}

	/**
	 * Return what is wrong.
	 * @return a sentence without the value
	 */
	public String reason() {
		return this.reason;
	}

}
