package dev.reactiveazure.eventgrid.listener;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * One of the dispatcher's places for running handlers. It is taken as long as anybody
 * holds it: the run that it was made for, and each call that keeps a thread busy, even
 * after the run gave that call up.
 */
final class HandlerSlot {

	private static final AtomicIntegerFieldUpdater<HandlerSlot> HOLDERS = AtomicIntegerFieldUpdater
		.newUpdater(HandlerSlot.class, "holders");

	private final Dispatcher dispatcher;

	private final @Nullable Object key;

	private volatile int holders = 1;

	/**
	 * The thread that is inside {@link #start}: the dispatcher's loop is below it on the
	 * stack and goes on by itself. Only ever compared with the current thread, so no
	 * other thread's view of it matters.
	 */
	private @Nullable Thread starter;

	HandlerSlot(Dispatcher dispatcher, @Nullable Object key) {
		this.dispatcher = dispatcher;
		this.key = key;
	}

	void start(HandlerRun run) {
		this.starter = Thread.currentThread();
		run.start();
		this.starter = null;
	}

	/**
	 * Hold the slot too.
	 * @return {@code false} if nobody holds it any more: it was returned, by a run that
	 * was cancelled before it got here
	 */
	boolean hold() {
		return HOLDERS.getAndUpdate(this, (count) -> (count > 0) ? count + 1 : 0) > 0;
	}

	/**
	 * Hold it no longer.
	 */
	void leave() {
		if (HOLDERS.decrementAndGet(this) > 0) {
			return;
		}
		this.dispatcher.freeSlot(this.key);
		if (Thread.currentThread() != this.starter) {
			this.dispatcher.startWaiting();
		}
	}

}
