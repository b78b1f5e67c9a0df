package dev.reactiveazure.emulator.http;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

import dev.reactiveazure.emulator.clock.EmulatorClock;

/**
 * How an {@link EmulatorServer} listens.
 *
 * @param service the name of the service in fault rules, thread names and errors
 * @param host the address to bind
 * @param port the port, 0 for a free one
 * @param maxBodyBytes the largest request body in bytes; a larger one gets the handler's
 * 413
 * @param ssl the server's certificate, or null for plain HTTP
 * @param faults what goes wrong
 * @param clock the time for the Date header and delays
 */
public record ServerSettings(String service, String host, int port, int maxBodyBytes, @Nullable SslContext ssl,
		FaultPlan faults, EmulatorClock clock) {

	/** Where the emulator listens unless told otherwise. */
	public static final String LOOPBACK = "127.0.0.1";

	/** The limit of request bodies unless told otherwise: 4 MiB. */
	public static final int DEFAULT_MAX_BODY_BYTES = 4 * 1024 * 1024;

	/**
	 * Plain HTTP on loopback.
	 * @param service the name of the service
	 * @param port the port, 0 for a free one
	 * @param faults what goes wrong
	 * @param clock the time
	 * @return the settings
	 */
	public static ServerSettings loopback(String service, int port, FaultPlan faults, EmulatorClock clock) {
		return new ServerSettings(service, LOOPBACK, port, DEFAULT_MAX_BODY_BYTES, null, faults, clock);
	}

}
