package dev.reactiveazure.core.pipeline;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Fails a call that has not ended in time, and cancels its source. A value that comes in
 * spite of a cancel is passed on: it may be worth something to who cancelled, as locked
 * events are.
 * <p>
 * Does what {@link Mono#timeout(Duration, Scheduler)} does, without composing a
 * description of the source for each subscription, which costs 1.3 KB a call.
 *
 * <pre>
 * ACTIVE ──value, end or error of the source──▶ ENDED
 *    ├─────time is up────────────────────────▶ ENDED
 *    └─────cancelled─────────────────────────▶ CANCELLED
 * </pre>
 *
 * @param <T> the value's type
 */
final class Deadline<T> extends MonoOperator<T, T> {

	private final Duration timeout;

	private final Scheduler scheduler;

	private final Consumer<Subscription> canceller;

	/**
	 * Create a deadline.
	 * @param canceller cancels the source, now or at a better moment
	 */
	Deadline(Mono<? extends T> source, Duration timeout, Scheduler scheduler, Consumer<Subscription> canceller) {
		super(source);
		this.timeout = timeout;
		this.scheduler = scheduler;
		this.canceller = canceller;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		this.source.subscribe(new Guard<>(actual, this.timeout, this.scheduler, this.canceller));
	}

	private static final class Guard<T> implements CoreSubscriber<T>, Subscription, Runnable {

		private static final int ACTIVE = 0;

		private static final int ENDED = 1;

		private static final int CANCELLED = 2;

		@SuppressWarnings("rawtypes")
		private static final AtomicIntegerFieldUpdater<Guard> STATE = AtomicIntegerFieldUpdater.newUpdater(Guard.class,
				"state");

		private final CoreSubscriber<? super T> actual;

		private final Duration timeout;

		private final Scheduler scheduler;

		private final Consumer<Subscription> canceller;

		private volatile int state = ACTIVE;

		private @Nullable Subscription upstream;

		private volatile @Nullable Disposable timer;

		Guard(CoreSubscriber<? super T> actual, Duration timeout, Scheduler scheduler,
				Consumer<Subscription> canceller) {
			this.actual = actual;
			this.timeout = timeout;
			this.scheduler = scheduler;
			this.canceller = canceller;
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.upstream = subscription;
			this.actual.onSubscribe(this);
			// Not before: time may be up at once, and no signal may come ahead of this
			// one.
			startTimer();
		}

		private void startTimer() {
			if (this.state != ACTIVE) {
				return;
			}
			Disposable started = this.scheduler.schedule(this, this.timeout.toMillis(), TimeUnit.MILLISECONDS);
			this.timer = started;
			if (this.state != ACTIVE) {
				started.dispose();
			}
		}

		@Override
		public void request(long n) {
			if (this.upstream != null) {
				this.upstream.request(n);
			}
		}

		@Override
		public void onNext(T value) {
			if (end(ENDED)) {
				this.actual.onNext(value);
				this.actual.onComplete();
			}
			else if (this.state == CANCELLED) {
				this.actual.onNext(value);
			}
			else {
				Operators.onNextDropped(value, currentContext());
			}
		}

		@Override
		public void onError(Throwable error) {
			if (end(ENDED)) {
				this.actual.onError(error);
			}
			// How a call ends that was given up interests nobody; Reactor would log an
			// error.
		}

		@Override
		public void onComplete() {
			if (end(ENDED)) {
				this.actual.onComplete();
			}
		}

		@Override
		public void cancel() {
			if (end(CANCELLED)) {
				cancelSource();
			}
		}

		@Override
		public void run() {
			if (end(ENDED)) {
				cancelSource();
				this.actual.onError(new TimeoutException("not within " + this.timeout.toMillis() + " ms"));
			}
		}

		private boolean end(int end) {
			if (!STATE.compareAndSet(this, ACTIVE, end)) {
				return false;
			}
			Disposable started = this.timer;
			if (started != null) {
				started.dispose();
			}
			return true;
		}

		private void cancelSource() {
			if (this.upstream != null) {
				this.canceller.accept(this.upstream);
			}
		}

	}

}
