package dev.reactiveazure.tables;

/**
 * An entity, key or name that the service would refuse, found before anything was sent.
 */
public class InvalidEntityException extends IllegalArgumentException {

	private final String property;

	/**
	 * Create the exception.
	 * @param property the property or name that is wrong
	 * @param message what is wrong with it
	 */
	public InvalidEntityException(String property, String message) {
		super(message);
		this.property = property;
	}

	/**
	 * Return the property or name that is wrong.
	 */
	public String property() {
		return this.property;
	}

}
