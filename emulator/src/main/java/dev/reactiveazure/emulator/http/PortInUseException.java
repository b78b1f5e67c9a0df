package dev.reactiveazure.emulator.http;

import java.io.UncheckedIOException;
import java.net.BindException;

/**
 * A service of the emulator cannot listen on its port. The message names service, host
 * and port.
 */
public final class PortInUseException extends UncheckedIOException {

	private static final long serialVersionUID = 1L;

	private final String service;

	private final int port;

	PortInUseException(ServerSettings settings, Throwable failure) {
		super("The emulator's " + settings.service() + " service cannot listen on " + settings.host() + ":"
				+ settings.port() + ": the port is in use or not permitted. Choose another port, or 0 for a free one.",
				cause(failure));
		this.service = settings.service();
		this.port = settings.port();
	}

	private static BindException cause(Throwable failure) {
		BindException cause = new BindException(failure.getMessage());
		cause.initCause(failure);
		return cause;
	}

	/**
	 * The service that cannot listen.
	 * @return {@link FaultPlan#TABLES} or {@link FaultPlan#EVENT_GRID}
	 */
	public String service() {
		return this.service;
	}

	/**
	 * The port it should have listened on.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

}
