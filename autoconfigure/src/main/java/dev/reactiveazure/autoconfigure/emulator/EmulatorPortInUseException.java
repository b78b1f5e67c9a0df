package dev.reactiveazure.autoconfigure.emulator;

/**
 * The embedded emulator cannot listen on the port that a property asks for.
 */
public final class EmulatorPortInUseException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String property;

	private final int port;

	EmulatorPortInUseException(String property, int port, Throwable cause) {
		super("The embedded Azure emulator cannot listen on port " + port + " of '" + property
				+ "': it is in use or not permitted", cause);
		this.property = property;
		this.port = port;
	}

	/**
	 * Return which property asks for the port.
	 * @return its name
	 */
	public String property() {
		return this.property;
	}

	/**
	 * Return the port.
	 * @return the port that is in use
	 */
	public int port() {
		return this.port;
	}

}
