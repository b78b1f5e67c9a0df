package dev.reactiveazure.eventgrid.listener;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * Makes a call that may block on a thread of the executor, and emits what it returns.
 * Cancelling interrupts that thread, and only while it is at this call. The call holds
 * its slot until it has returned, cancelled or not.
 *
 * @param <T> what the call returns
 */
final class BlockingCall<T> extends Mono<T> {

	private static final Executor HERE = Runnable::run;

	private final Callable<@Nullable T> call;

	private final Executor executor;

	private final HandlerSlot slot;

	BlockingCall(Callable<@Nullable T> call, Executor executor, HandlerSlot slot) {
		this.call = call;
		this.executor = executor;
		this.slot = slot;
	}

	/**
	 * Make a call and go on with what is left to do after it, without blocking.
	 */
	static <T> Mono<T> then(Callable<? extends Mono<T>> call, Executor executor, HandlerSlot slot) {
		return new BlockingCall<UserCall<T>>(() -> {
			Mono<T> rest = call.call();
			return new UserCall<>(() -> rest);
		}, executor, slot).flatMap((rest) -> rest);
	}

	/**
	 * Make a call on the thread that subscribes, and go on with what is left to do after
	 * it, without blocking.
	 */
	static <T> Mono<T> here(Callable<? extends Mono<T>> call) {
		return then(call, HERE, HandlerSlot.NONE);
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> subscriber) {
		Running running = new Running(subscriber);
		subscriber.onSubscribe(running);
		if (this.executor == HERE) {
			// What this throws is of those whom the end was told, and for who called.
			running.run();
			return;
		}
		if (!this.slot.hold()) {
			return;
		}
		try {
			this.executor.execute(running);
		}
		catch (Throwable ex) {
			// Even an Error: there may be no thread to be had.
			running.refused(ex);
		}
	}

	private final class Running implements Subscription, Runnable {

		private final Lock lock = new ReentrantLock();

		private final CoreSubscriber<? super T> subscriber;

		private @Nullable Thread thread;

		private boolean claimed;

		private boolean cancelled;

		private @Nullable T result;

		Running(CoreSubscriber<? super T> subscriber) {
			this.subscriber = subscriber;
		}

		@Override
		public void request(long count) {
			// One value at most: whoever takes it has asked for all.
		}

		@Override
		public void cancel() {
			this.lock.lock();
			try {
				this.cancelled = true;
				if (this.thread != null) {
					this.thread.interrupt();
				}
			}
			finally {
				this.lock.unlock();
			}
		}

		@Override
		public void run() {
			if (!claim()) {
				return;
			}
			try {
				if (enter()) {
					callObserved();
				}
			}
			finally {
				BlockingCall.this.slot.leave();
			}
		}

		/**
		 * Fail, unless the executor refused what it has already run.
		 */
		void refused(Throwable error) {
			if (!claim()) {
				return;
			}
			signal(error);
			BlockingCall.this.slot.leave();
		}

		private void callObserved() {
			Observation.Scope scope = HandlingObservation.open(this.subscriber.currentContext());
			try {
				signal(call());
			}
			finally {
				HandlingObservation.close(scope);
			}
		}

		private void signal(@Nullable Throwable error) {
			if (this.cancelled) {
				return;
			}
			if (error != null) {
				this.subscriber.onError(error);
				return;
			}
			T value = this.result;
			if (value != null) {
				this.subscriber.onNext(value);
			}
			this.subscriber.onComplete();
		}

		private @Nullable Throwable call() {
			try {
				this.result = BlockingCall.this.call.call();
				return null;
			}
			catch (Throwable ex) {
				return ex;
			}
			finally {
				leave();
			}
		}

		/**
		 * Return whether the call is this caller's to make or to fail.
		 */
		private boolean claim() {
			this.lock.lock();
			try {
				boolean first = !this.claimed;
				this.claimed = true;
				return first;
			}
			finally {
				this.lock.unlock();
			}
		}

		private boolean enter() {
			this.lock.lock();
			try {
				this.thread = this.cancelled ? null : Thread.currentThread();
				return !this.cancelled;
			}
			finally {
				this.lock.unlock();
			}
		}

		private void leave() {
			this.lock.lock();
			try {
				this.thread = null;
				if (this.cancelled) {
					// The thread goes back to its pool: the interrupt was for this call.
					Thread.interrupted();
				}
			}
			finally {
				this.lock.unlock();
			}
		}

	}

}
