package dev.reactiveazure.eventgrid.listener;

/**
 * Is told how handling goes, to stop receiving while nothing can be handled. Called on
 * the threads on which handlers end.
 */
interface HandlerGate {

	/** Takes note of nothing. */
	HandlerGate NONE = new HandlerGate() {

		@Override
		public void handled() {
		}

		@Override
		public void failed(Throwable error) {
		}

		@Override
		public void unhandled() {
		}

		@Override
		public void pause(String reason) {
		}

	};

	/**
	 * Take note of an event that was handled.
	 */
	void handled();

	/**
	 * Take note of an event that could not be handled, though it might another time.
	 */
	void failed(Throwable error);

	/**
	 * Take note of an event that says nothing about what handlers need: no handler saw
	 * it, or none will ever be able to handle it.
	 */
	void unhandled();

	/**
	 * Take note that events can't be handled by this handler at all: to go on would only
	 * use up their deliveries.
	 * @param reason names the type of the events, for a person
	 */
	void pause(String reason);

}
