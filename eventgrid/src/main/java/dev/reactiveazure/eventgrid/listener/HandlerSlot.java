package dev.reactiveazure.eventgrid.listener;

/**
 * One of the dispatcher's places for running handlers, as the run of one event sees it.
 * It is taken as long as anybody holds it: the runs that it was made for, and each call
 * that keeps a thread busy, even after its run gave that call up.
 */
interface HandlerSlot {

	/** Nobody's: for calls that no place is taken by. */
	HandlerSlot NONE = new HandlerSlot() {

		@Override
		public boolean hold() {
			return true;
		}

		@Override
		public void leave() {
		}

	};

	/**
	 * Hold the slot too.
	 * @return {@code false} if nobody holds it any more: it was returned, by a run that
	 * was cancelled before it got here
	 */
	boolean hold();

	/**
	 * Hold it no longer.
	 */
	void leave();

	/**
	 * Note that the event needs its handler no more, though its run may go on. Has no
	 * effect the second time.
	 */
	default void vacate() {
	}

	/**
	 * Return whether the end of the event says how handling goes. It does not where
	 * another one of its batch says it.
	 */
	default boolean speaks() {
		return true;
	}

}
