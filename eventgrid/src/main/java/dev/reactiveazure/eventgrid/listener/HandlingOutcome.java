package dev.reactiveazure.eventgrid.listener;

import org.jspecify.annotations.Nullable;

/**
 * How the handling of an event went.
 */
public sealed interface HandlingOutcome {

	/**
	 * The handler ended well.
	 *
	 * @param decision what the handler decided; {@code null} where that is the
	 * container's, which acknowledges, or the user's with {@link AckMode#MANUAL}
	 */
	record Handled(@Nullable Disposition decision) implements HandlingOutcome {
	}

	/**
	 * The event was skipped by a later interceptor and is acknowledged.
	 */
	record Skipped() implements HandlingOutcome {
	}

	/**
	 * The event could not be handled.
	 *
	 * @param error why: of a later interceptor, the conversion, the handler, its time-out
	 * or the publishing of its reply
	 */
	record Failed(Throwable error) implements HandlingOutcome {
	}

}
