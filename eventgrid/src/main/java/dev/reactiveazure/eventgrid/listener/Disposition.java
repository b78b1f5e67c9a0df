package dev.reactiveazure.eventgrid.listener;

import dev.reactiveazure.eventgrid.ReleaseDelay;

/**
 * What is to become of a received event.
 */
public sealed interface Disposition {

	/**
	 * Report the event as handled: the subscription forgets it.
	 * @return the disposition
	 */
	static Disposition acknowledge() {
		return Acknowledge.INSTANCE;
	}

	/**
	 * Give the event back, to be delivered again with a higher delivery count.
	 * @param delay how long it stays hidden
	 * @return the disposition
	 */
	static Disposition release(ReleaseDelay delay) {
		return new Release(delay);
	}

	/**
	 * Give the event up: it goes to the subscription's dead-letter store or, where it has
	 * none, is destroyed. The service does not tell a receiver which.
	 * @return the disposition
	 */
	static Disposition reject() {
		return Reject.INSTANCE;
	}

	/**
	 * Do nothing: the event comes again when its lock expires.
	 * @return the disposition
	 */
	static Disposition leave() {
		return Leave.INSTANCE;
	}

	/**
	 * The event was handled.
	 */
	enum Acknowledge implements Disposition {

		/**
		 * The only instance.
		 */
		INSTANCE

	}

	/**
	 * The event is given back.
	 *
	 * @param delay how long it stays hidden
	 */
	record Release(ReleaseDelay delay) implements Disposition {
	}

	/**
	 * The event is given up.
	 */
	enum Reject implements Disposition {

		/**
		 * The only instance.
		 */
		INSTANCE

	}

	/**
	 * The event is left to its lock.
	 */
	enum Leave implements Disposition {

		/**
		 * The only instance.
		 */
		INSTANCE

	}

}
