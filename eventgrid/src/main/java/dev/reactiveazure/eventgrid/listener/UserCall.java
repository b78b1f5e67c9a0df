package dev.reactiveazure.eventgrid.listener;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Calls what a user wrote and goes on with the {@code Mono} that it returns. Whatever the
 * two throw on the calling thread is the error of this one: also what Reactor's operators
 * take for fatal and throw up the stack, such as a class that is missing. On a thread
 * that nobody catches it on, the event would wait for an end that never comes.
 *
 * @param <T> what the call ends with
 */
final class UserCall<T> extends Mono<T> {

	private final Callable<? extends Mono<T>> call;

	UserCall(Callable<? extends Mono<T>> call) {
		this.call = call;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> subscriber) {
		Guard<T> guard = new Guard<>(subscriber);
		try {
			Objects.requireNonNull(this.call.call(), "A call returned null instead of a Mono").subscribe(guard);
		}
		catch (Throwable ex) {
			guard.threw(ex);
		}
	}

	private static final class Guard<T> implements CoreSubscriber<T>, Subscription {

		@SuppressWarnings("rawtypes") // a class literal has no type argument
		private static final AtomicIntegerFieldUpdater<Guard> ENDED = AtomicIntegerFieldUpdater.newUpdater(Guard.class,
				"ended");

		private final CoreSubscriber<? super T> subscriber;

		private volatile int ended;

		private volatile @Nullable Subscription work;

		Guard(CoreSubscriber<? super T> subscriber) {
			this.subscriber = subscriber;
		}

		@Override
		public Context currentContext() {
			return this.subscriber.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.work = subscription;
			this.subscriber.onSubscribe(this);
		}

		@Override
		public void onNext(T value) {
			if (end()) {
				this.subscriber.onNext(value);
				this.subscriber.onComplete();
			}
		}

		@Override
		public void onError(Throwable error) {
			if (end()) {
				this.subscriber.onError(error);
			}
		}

		@Override
		public void onComplete() {
			if (end()) {
				this.subscriber.onComplete();
			}
		}

		@Override
		public void request(long count) {
			work().request(count);
		}

		@Override
		public void cancel() {
			work().cancel();
		}

		void threw(Throwable error) {
			if (!end()) {
				// It is of those whom the end was told.
				throw Exceptions.propagate(error);
			}
			Subscription begun = this.work;
			if (begun == null) {
				Operators.error(this.subscriber, error);
				return;
			}
			begun.cancel();
			this.subscriber.onError(error);
		}

		private boolean end() {
			return ENDED.compareAndSet(this, 0, 1);
		}

		private Subscription work() {
			return Objects.requireNonNull(this.work);
		}

	}

}
