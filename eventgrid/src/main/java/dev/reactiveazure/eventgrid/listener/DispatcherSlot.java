package dev.reactiveazure.eventgrid.listener;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * A slot that goes back to the dispatcher.
 */
final class DispatcherSlot implements HandlerSlot {

	private static final AtomicIntegerFieldUpdater<DispatcherSlot> HOLDERS = AtomicIntegerFieldUpdater
		.newUpdater(DispatcherSlot.class, "holders");

	private final Dispatcher dispatcher;

	private final @Nullable Object key;

	private volatile int holders = 1;

	/**
	 * The thread that is inside {@link #start}: the dispatcher's loop is below it on the
	 * stack and goes on by itself. Only ever compared with the current thread, so no
	 * other thread's view of it matters.
	 */
	private @Nullable Thread starter;

	DispatcherSlot(Dispatcher dispatcher, @Nullable Object key) {
		this.dispatcher = dispatcher;
		this.key = key;
	}

	void start(Runnable handling) {
		this.starter = Thread.currentThread();
		handling.run();
		this.starter = null;
	}

	@Override
	public boolean hold() {
		return HOLDERS.getAndUpdate(this, (count) -> (count > 0) ? count + 1 : 0) > 0;
	}

	@Override
	public void leave() {
		if (HOLDERS.decrementAndGet(this) > 0) {
			return;
		}
		this.dispatcher.freeSlot(this.key);
		if (Thread.currentThread() != this.starter) {
			this.dispatcher.startWaiting();
		}
	}

}
