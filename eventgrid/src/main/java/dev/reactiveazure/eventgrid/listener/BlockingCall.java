package dev.reactiveazure.eventgrid.listener;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * Calls a blocking handler on a thread of the executor. Cancelling interrupts that
 * thread, and only while it is at this call; the end is signalled when the call has
 * returned.
 */
final class BlockingCall extends Mono<Void> {

	private final EventHandler.Blocking handler;

	private final Delivery delivery;

	private final Executor executor;

	BlockingCall(EventHandler.Blocking handler, Delivery delivery, Executor executor) {
		this.handler = handler;
		this.delivery = delivery;
		this.executor = executor;
	}

	@Override
	public void subscribe(CoreSubscriber<? super Void> subscriber) {
		Running running = new Running(subscriber);
		subscriber.onSubscribe(running);
		try {
			this.executor.execute(running);
		}
		catch (RejectedExecutionException ex) {
			subscriber.onError(ex);
		}
	}

	private final class Running implements HandlerRun.EndsLater, Runnable {

		private final Lock lock = new ReentrantLock();

		private final CoreSubscriber<? super Void> subscriber;

		private @Nullable Thread thread;

		private boolean cancelled;

		Running(CoreSubscriber<? super Void> subscriber) {
			this.subscriber = subscriber;
		}

		@Override
		public void request(long count) {
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
			Throwable error = call();
			if (error == null) {
				this.subscriber.onComplete();
			}
			else {
				this.subscriber.onError(error);
			}
		}

		private @Nullable Throwable call() {
			if (!enter()) {
				return new CancellationException("The call was cancelled before it began");
			}
			try {
				callObserved();
				return null;
			}
			catch (Throwable ex) {
				return ex;
			}
			finally {
				leave();
			}
		}

		private void callObserved() throws Exception {
			Observation observation = this.subscriber.currentContext()
				.getOrDefault(ProcessObservations.CONTEXT_KEY, Observation.NOOP);
			if (observation == null || observation.isNoop()) {
				BlockingCall.this.handler.handle(BlockingCall.this.delivery);
				return;
			}
			Observation.Scope scope = observation.openScope();
			try {
				BlockingCall.this.handler.handle(BlockingCall.this.delivery);
			}
			finally {
				scope.close();
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
