package dev.reactiveazure.emulator.http;

import reactor.core.publisher.Mono;

/**
 * An emulated service behind an {@link EmulatorServer}.
 */
@FunctionalInterface
public interface EmulatorHandler {

	/**
	 * Answers a request. The returned publisher is cancelled when the client disconnects
	 * before the answer. Called on an event loop: it must not block. A handler that waits
	 * parks the exchange of the request.
	 * @param request the request, its body complete
	 * @return the answer; an error or an empty publisher becomes status 500
	 */
	Mono<EmulatorResponse> handle(EmulatorRequest request);

	/**
	 * The answer for a request whose body exceeds the limit of the server.
	 * @param request the request, without its body
	 * @return the answer, by default an empty 413
	 */
	default EmulatorResponse bodyTooLarge(EmulatorRequest request) {
		return EmulatorResponse.status(413);
	}

	/**
	 * The answer for a request that a fault plan refuses in this service's name.
	 * @param request the request
	 * @param status the status that the plan says
	 * @return the answer, by default without a body
	 */
	default EmulatorResponse trouble(EmulatorRequest request, int status) {
		return EmulatorResponse.status(status);
	}

}
