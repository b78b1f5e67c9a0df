package dev.reactiveazure.autoconfigure;

/**
 * The application uses a service, but nothing says where that is.
 */
public final class ConnectionNotConfiguredException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String remedy;

	/**
	 * Create the exception.
	 * @param service the name of the service, as in "Azure Table storage"
	 * @param remedy which properties to set, as a sentence with a full stop
	 */
	public ConnectionNotConfiguredException(String service, String remedy) {
		super("No connection to " + service + " is configured. " + remedy);
		this.remedy = remedy;
	}

	/**
	 * Return what to do.
	 * @return one or more sentences that name properties
	 */
	public String remedy() {
		return this.remedy;
	}

}
