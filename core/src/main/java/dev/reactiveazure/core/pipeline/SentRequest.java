package dev.reactiveazure.core.pipeline;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.ChannelOperations;

/**
 * What is known about the request of one try: whether it was sent, whether its connection
 * had served one before, and whether an answer has begun.
 * <p>
 * A connection that breaks before the first byte of an answer breaks for another reason
 * when it is a used one: the other side closed it while it was idle.
 * <p>
 * The end of a try's time and its turn on a connection come on different threads. Only
 * one of them wins, so that a request that was called not sent is never sent afterwards:
 *
 * <pre>
 * WAITING ──begin──▶ SENT ──answered──▶ ANSWERED
 *    └────giveUp───▶ GIVEN_UP
 * </pre>
 */
final class SentRequest {

	private static final AttributeKey<Boolean> USED = AttributeKey.valueOf(SentRequest.class, "used");

	private static final AtomicIntegerFieldUpdater<SentRequest> STATE = AtomicIntegerFieldUpdater
		.newUpdater(SentRequest.class, "state");

	private static final int WAITING = 0;

	private static final int SENT = 1;

	private static final int ANSWERED = 2;

	private static final int GIVEN_UP = 3;

	private volatile int state = WAITING;

	private @Nullable EventLoop eventLoop;

	private boolean reused;

	private boolean success;

	/**
	 * Say that the request is about to be written.
	 * @return {@code false} where it was given up and must not be written
	 */
	boolean begin(@Nullable Object nativeRequest) {
		if (nativeRequest instanceof ChannelOperations<?, ?> operations) {
			use(operations.channel());
		}
		return STATE.compareAndSet(this, WAITING, SENT) || this.state != GIVEN_UP;
	}

	private void use(Channel channel) {
		this.eventLoop = channel.eventLoop();
		this.reused = Boolean.TRUE.equals(channel.attr(USED).getAndSet(Boolean.TRUE));
	}

	/**
	 * Give the try up.
	 * @return whether the request was not sent, and now will not be
	 */
	boolean giveUp() {
		return STATE.compareAndSet(this, WAITING, GIVEN_UP) || this.state == GIVEN_UP;
	}

	/**
	 * Cancel the call.
	 * <p>
	 * Once the request is sent this is left to the thread that reads the answer, for a
	 * moment in which it reads nothing: where a cancel overtakes the head of an answer,
	 * the connector drops the head and keeps what follows it for good.
	 * @param cancellation cancels what the connector gave for the call
	 * @param listener who is to be told if that happens later
	 */
	void cancel(Runnable cancellation, @Nullable CancelListener listener) {
		if (giveUp() || this.eventLoop == null) {
			cancellation.run();
			return;
		}
		if (listener != null) {
			listener.cancelPending();
		}
		Runnable told = (listener != null) ? () -> tell(cancellation, listener) : cancellation;
		try {
			this.eventLoop.execute(told);
		}
		catch (RejectedExecutionException ex) {
			// The pool has ended, and its connections with it.
			told.run();
		}
	}

	private void tell(Runnable cancellation, CancelListener listener) {
		try {
			cancellation.run();
		}
		finally {
			// Behind an answer that was being read meanwhile, and waits to be passed on.
			whenFree(listener::cancelDone);
		}
	}

	/**
	 * Do what follows an answer when its connection is free again.
	 * <p>
	 * Reactor Netty says that an answer has ended before the pool has its connection
	 * back. Who then went on with another call would need a second connection, mostly of
	 * another event loop, which has to be woken: that takes 3 % of an insert's CPU.
	 */
	void whenFree(Runnable next) {
		EventLoop reading = this.eventLoop;
		if (reading == null || !reading.inEventLoop()) {
			next.run();
			return;
		}
		try {
			reading.execute(next);
		}
		catch (RejectedExecutionException ex) {
			next.run();
		}
	}

	boolean isReused() {
		return this.reused;
	}

	void answered(boolean success) {
		this.success = success;
		this.state = ANSWERED;
	}

	boolean isAnswered() {
		return this.state == ANSWERED;
	}

	/**
	 * Return whether the status of the answer that has begun is one of 200 to 299.
	 */
	boolean isSuccess() {
		return isAnswered() && this.success;
	}

}
