package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.List;

import dev.reactiveazure.eventgrid.ReceivedEvent;

/**
 * Keeps count of what listener containers do. {@link MicrometerListenerMetrics} does so
 * for Micrometer.
 */
@FunctionalInterface
public interface ListenerMetrics {

	/**
	 * Begin to keep count of a container, at its first start.
	 * @param container the container; its {@link EventGridListenerContainer#status()} can
	 * be asked at any time
	 * @return what the container reports to until it is closed, over all its starts and
	 * stops
	 */
	Recorder record(EventGridListenerContainer container);

	/**
	 * Return metrics that keep no count, at no cost.
	 * @return metrics that do nothing
	 */
	static ListenerMetrics none() {
		return (container) -> new Recorder() {
		};
	}

	/**
	 * What one container reports to. Called on the threads that receive and settle: must
	 * be thread-safe, quick, and never block. What it throws is logged, and nothing else.
	 */
	interface Recorder {

		/**
		 * Take note of an answered receive.
		 * @param events what it brought, possibly nothing
		 * @param time how long it was open
		 */
		default void received(List<ReceivedEvent> events, Duration time) {
		}

		/**
		 * Take note of a failed receive.
		 * @param error why it failed
		 * @param time how long it was open
		 */
		default void receiveFailed(Throwable error, Duration time) {
		}

		/**
		 * Take note of a receive that was replaced because the service never answered it.
		 * @param time how long it was open
		 */
		default void receiveOverdue(Duration time) {
		}

		/**
		 * Take note of a request that is about to settle events, each try anew.
		 * @param verb {@code acknowledge}, {@code release} or {@code reject}
		 * @param events how many it is to settle
		 */
		default void settling(String verb, int events) {
		}

		/**
		 * Take note of events that a request did not settle.
		 * @param verb {@code acknowledge}, {@code release} or {@code reject}
		 * @param code the service's code, such as {@code TokenLost}; without one, the
		 * simple name of the exception or {@code none}
		 * @param events how many
		 */
		default void settlementFailed(String verb, String code, int events) {
		}

		/**
		 * Take note of a request that renewed locks, or tried to.
		 * @param renewed how many locks go on
		 * @param failed how many don't
		 */
		default void locksRenewed(int renewed, int failed) {
		}

		/**
		 * Take note of the end of a delivery.
		 * @param outcome how it ended
		 */
		default void ended(EventOutcome outcome) {
		}

		/**
		 * Forget the container: it is not started any more.
		 */
		default void close() {
		}

	}

}
