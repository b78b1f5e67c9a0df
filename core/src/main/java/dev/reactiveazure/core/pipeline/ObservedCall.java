package dev.reactiveazure.core.pipeline;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A call whose observation has begun, and ends at the first of a value, an end and a
 * cancel: who takes one value cancels after it, and handlers count each stop. Within the
 * call the observation is the current one of the Reactor context.
 * <p>
 * Is for one subscriber, and stands for four of Reactor's operators, which together took
 * as long as the rest of what observing a call adds.
 *
 * @param <T> the value's type
 */
final class ObservedCall<T> extends Mono<T> {

	/** Where Micrometer looks for the parent in a Reactor context. */
	static final String CONTEXT_KEY = "micrometer.observation";

	private final Supplier<Mono<T>> call;

	private final Observation observation;

	/**
	 * Create a call.
	 * @param call begins it; what that throws is how the call ends
	 * @param observation what has begun
	 */
	ObservedCall(Supplier<Mono<T>> call, Observation observation) {
		this.call = call;
		this.observation = observation;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		Watch<T> watch = new Watch<>(actual, this.observation);
		Mono<T> begun;
		try {
			begun = this.call.get();
		}
		catch (Throwable ex) {
			Exceptions.throwIfJvmFatal(ex);
			begun = Mono.error(ex);
		}
		begun.subscribe(watch);
	}

	private static final class Watch<T> implements CoreSubscriber<T>, Subscription {

		@SuppressWarnings("rawtypes") // a class literal has no type argument
		private static final AtomicIntegerFieldUpdater<Watch> STOPPED = AtomicIntegerFieldUpdater
			.newUpdater(Watch.class, "stopped");

		private final CoreSubscriber<? super T> actual;

		private final Observation observation;

		private final Context context;

		private volatile int stopped;

		private boolean failed;

		private @Nullable Subscription source;

		Watch(CoreSubscriber<? super T> actual, Observation observation) {
			this.actual = actual;
			this.observation = observation;
			this.context = actual.currentContext().put(CONTEXT_KEY, observation);
		}

		@Override
		public Context currentContext() {
			return this.context;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.source = subscription;
			this.actual.onSubscribe(this);
		}

		@Override
		public void request(long n) {
			if (this.source != null) {
				this.source.request(n);
			}
		}

		@Override
		public void onNext(T value) {
			Throwable failure = stop(null);
			if (failure == null) {
				this.actual.onNext(value);
				return;
			}
			this.failed = true;
			this.actual.onError(Operators.onOperatorError(this.source, failure, value, this.context));
		}

		@Override
		public void onComplete() {
			if (this.failed) {
				return;
			}
			Throwable failure = stop(null);
			if (failure == null) {
				this.actual.onComplete();
			}
			else {
				this.actual.onError(Operators.onOperatorError(failure, this.context));
			}
		}

		@Override
		public void onError(Throwable error) {
			if (this.failed) {
				Operators.onErrorDropped(error, this.context);
				return;
			}
			Throwable failure = stop(error);
			this.actual
				.onError((failure != null) ? Operators.onOperatorError(null, failure, error, this.context) : error);
		}

		@Override
		public void cancel() {
			Throwable failure = stop(null);
			if (this.source != null) {
				this.source.cancel();
			}
			if (failure != null) {
				Operators.onErrorDropped(failure, this.context);
			}
		}

		/**
		 * Stop the observation, if that is still to be done.
		 * @param error what the call failed with; {@code null} if it did not
		 * @return what a handler threw; {@code null} if none did
		 */
		private @Nullable Throwable stop(@Nullable Throwable error) {
			if (!STOPPED.compareAndSet(this, 0, 1)) {
				return null;
			}
			try {
				if (error != null) {
					this.observation.error(error);
				}
				this.observation.stop();
				return null;
			}
			catch (Throwable ex) {
				Exceptions.throwIfJvmFatal(ex);
				return ex;
			}
		}

	}

}
