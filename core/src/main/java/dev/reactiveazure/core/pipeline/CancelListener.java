package dev.reactiveazure.core.pipeline;

/**
 * Learns until when a call may bring a value in spite of a cancel.
 * <p>
 * Once a request is sent, the thread that reads its answer sees to a cancel. What that
 * thread has read before is passed on, because it may be worth something to who
 * cancelled, as locked events are. A subscriber who must know when no such value can come
 * any more puts a listener into its context under {@link #KEY}.
 * <p>
 * A cancel that takes effect at once is not told of. With connectors other than Reactor
 * Netty's none is, though an answer may be on its way on another thread.
 */
public interface CancelListener {

	/** The key under which a call looks for its listener in its subscriber's context. */
	Object KEY = CancelListener.class;

	/**
	 * Note that a cancel has been asked for and takes effect later. Called on the
	 * cancelling thread, before its cancel returns; followed by one
	 * {@link #cancelDone()}.
	 */
	void cancelPending();

	/**
	 * Note that a cancel has taken effect: nothing comes from now on. Called on the
	 * thread that reads answers, which must not be blocked, or where that has ended on
	 * the cancelling one.
	 */
	void cancelDone();

}
